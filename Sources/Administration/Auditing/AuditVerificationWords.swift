private import Access

/// Puts into words what a verification found, and what it can't know.
package struct AuditVerificationWords: Sendable {
  private let found: AuditVerification
  /// The id of the key that can check signatures here; nil where there is no such key.
  private let keyID: String?

  package init(_ found: AuditVerification, keyID: String?) {
    self.found = found
    self.keyID = keyID
  }

  package var lines: [String] {
    found.findings.map { "FOUND: " + $0.text } + [summary] + notes.map { "note: " + $0 }
      + unknown.map { "not known: " + $0 }
  }

  package var summary: String {
    let rows = found.rowCount == 1 ? "1 row" : "\(found.rowCount) rows"
    let behind = found.checkpoint.map { " behind the checkpoint at row \($0.sequence)" } ?? ""
    let state = found.isWhole ? "the chain is whole" : "the log is not as popsec wrote it"
    return "\(rows)\(behind): \(state)"
  }

  package var notes: [String] {
    var notes: [String] = []
    if let row = found.unsentHead {
      notes.append("the system's log did not take the head at row \(row): popsec doctor tells more")
    }
    if found.otherHeadCount > 0 {
      notes.append("left out were \(found.otherHeadCount) heads of other stores")
    }
    if let action = found.firstAction, action != AuditRecord.firstAction {
      notes.append("the first row is not the one of making the store: rows before it may have been removed")
    }
    return notes + found.times.backwardTexts + found.times.gapTexts
  }

  /// What this check can't find out.
  package var unknown: [String] {
    var unknown: [String] = []
    if keyID == nil {
      unknown.append("whether the signatures are good: there is no key to check them with here")
    } else if let last = found.last, found.signedUpTo ?? 0 < last.sequence {
      unknown.append(
        found.signedUpTo.map {
          "whether rows after \($0) are as they were written: no signature covers them yet"
        }
          ?? "whether rows are as they were written: nothing is signed")
    }
    if found.comparedHeadCount == nil {
      unknown.append(
        "whether the log was cut, or the whole store put back to an earlier state: --heads compares it with "
          + "heads that were kept elsewhere")
    }
    return unknown
  }
}
