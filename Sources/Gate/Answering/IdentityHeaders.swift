internal import Access
package import Administration

/// Headers that tell the application who asks and what they may see. Every header is always sent; one without
/// a value is empty.
package struct IdentityHeaders: Sendable {
  /// The greatest size of each header, in bytes. Together with the other headers and the assertion they fit
  /// into the 16 KiB that servers commonly take, unless most names are long and not ASCII.
  private enum Bound {
    static let names = 1_024
    static let lists = 2_048
    static let access = 4_096
  }

  static let names = [
    "Remote-User", "Remote-Groups", "X-Popsec-Token", "X-Popsec-Connector", "X-Popsec-Companies",
    "X-Popsec-Lists", "X-Popsec-Access", "X-Popsec-Cut", "X-Popsec-Until",
  ]

  let fields: [(name: String, value: String)]
  /// The instant at which what is allowed becomes something else by the passing of time alone; nil where that is
  /// never.
  let until: Timestamp?

  /// The allowed pairs, as JSON.
  var access: String { value("X-Popsec-Access") }

  /// Whether some allowed pairs were left out.
  var isAccessCut: Bool { value("X-Popsec-Cut").split(separator: ",").contains("access") }

  private func value(_ name: String) -> String { fields.first { $0.name == name }?.value ?? "" }

  static let nobody = IdentityHeaders(values: names.map { _ in "" })

  private init(values: [String], until: Timestamp? = nil) {
    fields = zip(Self.names, values).map { ($0, $1) }
    self.until = until
  }

  package init(_ verdict: Verdict) {
    guard verdict.decision.isAllowed, let access = verdict.question.access,
      let located = verdict.decision.located
    else {
      self = .nobody
      return
    }
    let (names, pairs) = (verdict.names, verdict.decision.pairs)
    var cut: [String] = []
    func list(_ header: String, _ texts: [String], bound: Int) -> String {
      let (text, isCut) = HeaderText.list(texts, bound: bound)
      if isCut { cut.append(header) }
      return text
    }
    let teams = access.teams.filter { $0.bounds.contains(verdict.question.now) }
    let groups = list("groups", teams.map { names.teams[$0.value]?.text ?? "" }, bound: Bound.names)
    let allowedCompanies = Set(pairs.compactMap(\.company))
    let companies = list(
      "companies",
      (located.companies ?? []).filter { allowedCompanies.contains($0) }
        .map { names.companies[$0]?.text ?? "" }, bound: Bound.names)
    let allowedLists = Set(pairs.map(\.list))
    let lists = list(
      "lists",
      located.lists.filter { allowedLists.contains($0) }.map { names.lists[$0]?.text ?? "" },
      bound: Bound.lists)
    let (json, isCut) = Self.json(pairs, names)
    if isCut { cut.append("access") }
    let until = verdict.until
    let values = [
      HeaderText.encoded(Self.user(access, names)), groups,
      HeaderText.encoded(verdict.question.request.token.known?.name.text ?? ""),
      HeaderText.encoded(names.connectors[located.connector]?.text ?? ""), companies, lists, json,
      cut.joined(separator: ","), until?.description ?? "",
    ]
    self.init(values: values, until: until)
  }

  private static func user(_ access: SubjectAccess, _ names: NameBook) -> String {
    switch access.subject {
    case .account(let id): names.accounts[id]?.name.text ?? ""
    case .team: ""
    }
  }

  /// The allowed pairs, of which only whole ones are written.
  private static func json(_ pairs: [AccessPair], _ names: NameBook) -> (text: String, isCut: Bool) {
    var bytes = Array("[".utf8)
    for pair in pairs {
      let before = bytes.count
      bytes += (before > 1 ? #",{"company":"# : #"{"company":"#).utf8
      if let company = pair.company {
        JSONString.append(names.companies[company]?.text ?? "", plain: .ascii, to: &bytes)
      } else {
        bytes += "null".utf8
      }
      bytes += #","list":"#.utf8
      JSONString.append(names.lists[pair.list]?.text ?? "", plain: .ascii, to: &bytes)
      bytes += "}".utf8
      guard bytes.count < Bound.access else {
        bytes.removeLast(bytes.count - before)
        return (String(decoding: bytes, as: UTF8.self) + "]", true)
      }
    }
    return (String(decoding: bytes, as: UTF8.self) + "]", false)
  }
}
