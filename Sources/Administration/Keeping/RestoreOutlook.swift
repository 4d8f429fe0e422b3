package import Access
internal import Crypto
private import Foundation
package import Store

/// The effects of restoring a store that must not be overlooked: dual control that is turned off, people who
/// are let in again, and tokens that become live. It never holds a Token ID.
package struct RestoreOutlook: Codable, Hashable, Sendable {
  /// Some things in words, and the number of all.
  package struct Some: Codable, Hashable, Sendable {
    package private(set) var told: [String] = []
    package private(set) var count = 0

    package static let mostTold = 20

    mutating func add(_ text: @autoclosure () -> String) {
      count += 1
      if told.count < Self.mostTold { told.append(text()) }
    }
  }

  /// The SHA-256 of the backup's file, in hexadecimal digits.
  package let backup: String
  /// The effect on the store's history, in words.
  package let rollback: String
  /// Whether the audit log knows this very file, in words.
  package let origin: String
  /// Settings that let one person alone do more, as in `dual.apply: on -> off`, and laws that refuse less.
  package private(set) var relaxed: [String] = []
  /// The number of other proposals that wait, or were agreed to and not carried out, and that are lost.
  package private(set) var lostProposals = 0
  /// The people who become Administrator again, or could not log in by these means.
  package private(set) var people = Some()
  /// The tokens that are not live now, or not with that Token ID.
  package private(set) var tokens = Some()
  /// A digest of everything that must be the same when the restore is carried out as when it was agreed to.
  package private(set) var basis = ""

  /// Compares two states.
  ///
  /// Errors: ``StoreError``.
  package init(
    of backup: BackupIdentity, rollback: String, present: any StoreReader, restored: any StoreReader,
    now: Timestamp
  ) throws {
    self.backup = backup.sha256
    self.rollback = rollback
    origin = try backup.origin(present)
    var digest = SHA256()
    func note(_ kind: String, _ text: String) { digest.update(data: Data("\(kind)\n\(text)\u{0}".utf8)) }
    note("backup", backup.sha256)
    relaxed = try Self.relaxed(present, restored)
    for text in relaxed { note("relaxed", text) }
    lostProposals = try present.proposals(limit: .max).count { $0.kind != .restore && $0.isOpen(at: now) }
    try RestoreComparison(present, restored, now: now).forEachLetInAgain {
      note("person", $0)
      people.add($0)
    }
    try RestoreComparison(present, restored, now: now).forEachRevivedToken { secrets, text in
      for secret in secrets { note("token", secret.description) }
      tokens.add(text)
    }
    basis = hex(digest.finalize())
  }

  /// Reads a document; fails where it is malformed.
  init?(document: String) {
    guard let read = try? JSONDecoder().decode(Self.self, from: Data(document.utf8)) else { return nil }
    self = read
  }

  /// The document that waits for a second person.
  var document: String? {
    let encoder = JSONEncoder()
    encoder.outputFormatting = [.sortedKeys, .withoutEscapingSlashes]
    return (try? encoder.encode(self)).map { String(decoding: $0, as: UTF8.self) }
  }

  private static func relaxed(_ present: any StoreReader, _ restored: any StoreReader) throws -> [String] {
    let (before, after) = (try present.settings(for: nil), try restored.settings(for: nil))
    return Setting.allCases.filter { $0.isDual && $0.relaxes(from: before[$0], to: after[$0]) }
      .map { "\($0.key): \($0.words(before[$0])) -> \($0.words(after[$0]))" }
      + (try relaxedLaws(present, restored))
  }

  /// The laws that are enforced, and would be gone or would not refuse the same.
  private static func relaxedLaws(
    _ present: any StoreReader, _ restored: any StoreReader
  ) throws -> [String] {
    try present.laws().filter { $0.mode == .enforce }.compactMap { law in
      let title = "the law \(quoted(law.name.text))"
      guard let after = try restored.law(named: NameKey(law.name)) else {
        return "\(title): enforced -> gone"
      }
      return law.saysMore(than: after)
        ? "\(title): enforced -> \(after.mode == .watch ? "watched" : "changed")" : nil
    }
  }
}

/// The properties of a backup's file by which the audit log may know it.
package struct BackupIdentity: Hashable, Sendable {
  /// The SHA-256 of the whole file, in hexadecimal digits.
  package let sha256: String
  package let madeAt: Timestamp?

  package init(sha256: String, madeAt: Timestamp?) {
    self.sha256 = sha256
    self.madeAt = madeAt
  }

  /// The person who made this very file, by the audit log. A forged file is unknown to it.
  func origin(_ reader: any StoreReader) throws -> String {
    // A restore removes the row about the backup's making, but leaves its own row.
    let rows = try reader.auditRecords(
      of: .store, ["store.backup", "store.restore"], since: madeAt ?? .distantPast)
    let row = rows.last { row in row.fields.contains { $0.name == "sha256" && $0.after == sha256 } }
    guard let row else {
      return "the audit log tells of no backup with this SHA-256: the file may have been changed or made up"
    }
    let verb = row.action == "store.backup" ? "made" : "restored"
    return
      "the audit log tells of this backup in row \(row.sequence): \(verb) by \(quoted(row.actor.name)) on "
      + "\(row.at.minute) UTC"
  }
}

extension RestoreOutlook {
  /// The effects for a question and for the person who agrees, the most important first.
  package var lines: [String] {
    [rollback, origin]
      + (relaxed.isEmpty
        ? [] : ["this lets more be done by one person alone: " + relaxed.joined(separator: ", ")])
      + (lostProposals == 0
        ? []
        : [
          lostProposals == 1
            ? "1 proposal that waits is lost" : "\(lostProposals) proposals that wait are lost"
        ])
      + people.lines
      + (tokens.count == 0
        ? [] : [tokens.count == 1 ? "1 token comes alive:" : "\(tokens.count) tokens come alive:"])
      + tokens.lines
  }
}

extension RestoreOutlook.Some {
  fileprivate var lines: [String] {
    told.map { "  \($0)" } + (count > told.count ? ["  … and \(count - told.count) more"] : [])
  }
}
