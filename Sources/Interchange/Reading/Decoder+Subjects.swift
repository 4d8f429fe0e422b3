import Access
import Store

extension Decoder {
  func team(_ node: Node) -> TeamEntry? {
    guard let fields = Fields<TeamKey>(node, problems) else { return nil }
    let summary = summary(fields[.description])
    let roles = held(fields[.roles], "roles", of: "role")
    let grants = grants(fields[.grants])
    guard let named = name(fields[.name]) else { return nil }
    return TeamEntry(named: named, summary: summary, roles: roles, grants: grants)
  }

  func apiUser(_ node: Node) -> AccountEntry? {
    guard let fields = Fields<APIUserKey>(node, problems) else { return nil }
    let particulars = particulars(fields)
    return account(fields, particulars, unixAccount: nil, keys: [])
  }

  func user(_ node: Node) -> AccountEntry? {
    guard let fields = Fields<UserKey>(node, problems) else { return nil }
    return account(fields, unixAccount: unixAccount(fields[.unix]), keys: publicKeys(fields[.keys]))
  }

  private func account(
    _ fields: Fields<some AccountEntryKey>, _ particulars: ParticularsEntry = ParticularsEntry(),
    unixAccount: Spot<UnixAccountName>?, keys: Set<String>
  ) -> AccountEntry? {
    let isEnabled = flag(fields[.enabled], "enabled", default: true)
    let teams = held(fields[.teams], "teams", of: "team")
    let roles = held(fields[.roles], "roles", of: "role")
    let grants = grants(fields[.grants])
    let tokens = fields[.tokens].map(tokens)
    guard let named = name(fields[.name]) else { return nil }
    return AccountEntry(
      named: named, isEnabled: isEnabled, particulars: particulars, unixAccount: unixAccount, keys: keys,
      teams: teams, roles: roles, grants: grants, tokens: tokens)
  }

  /// Reads roles or teams. Each element is a name, or a mapping with a name and bounds.
  private func held(_ node: Node?, _ what: String, of kind: String) -> [HeldEntry] {
    let entries = elements(node, what) { element -> HeldEntry? in
      guard case .mapping = element.content else {
        return name(element, "the name of \(kind)").map { HeldEntry(named: $0, bounds: .always) }
      }
      guard let fields = Fields<HeldKey>(element, problems) else { return nil }
      let bounds = bounds(from: fields[.from], until: fields[.until])
      return name(fields[.name], "the name of \(kind)").map { HeldEntry(named: $0, bounds: bounds) }
    }
    reportDuplicates(entries.map(\.named), kind)
    return entries
  }

  private func unixAccount(_ node: Node?) -> Spot<UnixAccountName>? {
    guard let node, let text = text(node, "a Unix account") else { return nil }
    if let name = UnixAccountName(text) { return Spot(value: name, position: node.position) }
    problems.add(
      "\(shown(text)) is no name of a Unix account", at: node.position,
      hint: "it has 1 to 32 of a-z, A-Z, 0-9, _, - and ., and begins with a letter or _")
    return nil
  }

  private func publicKeys(_ node: Node?) -> Set<String> {
    let keys = elements(node, "keys") { element -> Spot<String>? in
      guard let text = text(element, "an SSH public key") else { return nil }
      if PublicKeyLine.isFit(text) { return Spot(value: text, position: element.position) }
      problems.add(
        "this is no SSH public key", at: element.position,
        hint: "it is one line as in a .pub file: ssh-ed25519 AAAA… comment")
      return nil
    }
    reportDuplicates(keys) { _ in "this SSH public key is there twice" }
    return Set(keys.map(\.value))
  }
}

/// The form of a line in a `.pub` file (sshd(8), "AUTHORIZED_KEYS FILE FORMAT", without options).
enum PublicKeyLine {
  static let maximumByteCount = 8_192
  private static let types = ["ssh-", "ecdsa-sha2-", "sk-ssh-", "sk-ecdsa-sha2-"]

  /// Whether a text has the form of such a line. Whether the key itself is good shows only when somebody logs
  /// in.
  static func isFit(_ text: String) -> Bool {
    let words = text.split(separator: " ", omittingEmptySubsequences: false)
    return words.count >= 2 && !words[1].isEmpty && text.utf8.count <= maximumByteCount
      && types.contains { words[0].hasPrefix($0) } && !text.hasSuffix(" ")
      && text.unicodeScalars.allSatisfy { $0.properties.generalCategory != .control }
      && (try? Summary(String(words.dropFirst(2).joined(separator: " ")))) != nil
  }
}
