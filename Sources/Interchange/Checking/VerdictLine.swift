import Access
package import Administration

/// Writes the answers of the batch check (`security-file.md`) byte by byte, because a general encoder takes
/// longer than deciding.
package struct VerdictLine {
  package private(set) var bytes: [UInt8] = []

  package init() {}

  package mutating func removeAll() { bytes.removeAll(keepingCapacity: true) }

  package mutating func write(_ verdict: Verdict) {
    let (decision, names) = (verdict.decision, verdict.names)
    let pairs = decision.pairs
    raw(decision.isAllowed ? #"{"decision":"allow","step":""# : #"{"decision":"deny","step":""#)
    raw((decision.deniedStep ?? .grant).rawValue)
    raw("\"")
    if let giver = verdict.giver {
      raw(#","by":{"grant":"#)
      text(giver)
      raw("}")
    }
    if let connector = verdict.question.catalogue.connector.flatMap({ names.connectors[$0] }) {
      raw(#","connector":"#)
      text(connector.text)
    }
    raw(#","lists":"#)
    list(pairs.isEmpty ? [] : Set(pairs.map(\.list)).compactMap { names.lists[$0]?.text })
    raw(#","companies":"#)
    list(pairs.isEmpty ? [] : Set(pairs.compactMap(\.company)).compactMap { names.companies[$0]?.text })
    if decision.isAllowed { write(pairs, names) }
    if let until = verdict.until { raw(",\"until\":\"\(until)\"") }
    raw(#","reason":"#)
    text(verdict.reason)
    if let fix = verdict.fix {
      raw(#","fix":"#)
      text(fix)
    }
    raw("}\n")
  }

  /// Writes an answer that was written before.
  package mutating func write(again answer: [UInt8]) { bytes += answer }

  /// Writes the answer to a line that is no valid request. Lines count from 1.
  package mutating func write(error: String, line: Int) {
    raw(#"{"error":"#)
    text(error)
    raw(",\"line\":\(line)}\n")
  }

  private mutating func write(_ pairs: [AccessPair], _ names: NameBook) {
    raw(#","pairs":["#)
    for (index, pair) in pairs.enumerated() {
      raw(index == 0 ? #"{"company":"# : #",{"company":"#)
      if let company = pair.company { text(names.companies[company]?.text ?? "") } else { raw("null") }
      raw(#","list":"#)
      text(names.lists[pair.list]?.text ?? "")
      raw("}")
    }
    raw("]")
  }

  private mutating func list(_ texts: [String]) {
    guard !texts.isEmpty else { return raw("[]") }
    raw("[")
    for (index, text) in texts.sorted().enumerated() {
      if index > 0 { raw(",") }
      self.text(text)
    }
    raw("]")
  }

  private mutating func raw(_ text: String) { bytes.append(contentsOf: text.utf8) }

  private mutating func text(_ text: String) { JSONString.append(text, to: &bytes) }
}
