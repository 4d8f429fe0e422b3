import Access
import Administration
import Store
import Terminal

/// The lists from which the fields of a law's page are filled. What a field names and nobody has stays in the field.
struct LawChoices: Sendable {
  typealias Choosing = @Sendable (LawDraft, _ typed: String) -> Effect<String>

  let context: ConsoleContext

  /// By the keys of the fields.
  var lists: [String: Choosing] {
    var lists: [String: Choosing] = [
      "form": { draft, _ in kinds(draft.kind) },
      "apiUsers": { who(.apiUser, $0.apiUsers, $1) }, "users": { who(.user, $0.users, $1) },
      "of": { _, typed in oneTeam(typed) }, "except": { exception($1, $0.exceptions) },
    ]
    for (prefix, part) in [("", { @Sendable in $0.what }), ("and.", { @Sendable in $0.other })]
      as [(String, @Sendable (LawDraft) -> LawPart)]
    {
      lists[prefix + "connector"] = { _, typed in oneConnector(typed) }
      lists[prefix + "companies"] = { draft, typed in
        some("Companies", typed, on: part(draft)) { try $0.companies(of: $1).map(\.name) }
      }
      lists[prefix + "lists"] = { draft, typed in
        some("Lists", typed, on: part(draft)) { try $0.lists(of: $1).map(\.name) }
      }
      for kind in ItemKind.allCases {
        lists[prefix + kind.rawValue] = { draft, _ in items(kind, part(draft)) }
      }
    }
    return lists
  }

  private func kinds(_ kind: LawKind) -> Effect<String> {
    .ask(Self.kindDialog(kind)) { .send($0.rawValue) }
  }

  /// Asks which form a law has.
  static func kindDialog(_ kind: LawKind? = nil) -> ChoiceDialog<LawKind> {
    ChoiceDialog(
      title: "What does the law say?", isMenu: true,
      rows: LawKind.allCases.map { .init($0, $0.rawValue, detail: $0.meaning) }, selected: kind)
  }

  // MARK: Whom a law means

  private enum Who: Hashable, Sendable { case nobody, all, byName, byTeam, byLabel }

  private func who(
    _ kind: AccountKind, _ selection: LawSelection<AsWritten>?, _ typed: String
  ) -> Effect<String> {
    let labels = kind == .apiUser ? [ChoiceDialog.Row(Who.byLabel, "with labels…")] : []
    let rows =
      [
        ChoiceDialog.Row(Who.nobody, "no \(kind.title)"), .init(.all, "all \(kind.pluralTitle)"),
        .init(.byName, "one more by name…"), .init(.byTeam, "members of teams…"),
      ] + labels
    return .ask(ChoiceDialog(title: "Which \(kind.pluralTitle)?", isMenu: true, rows: rows)) { answer in
      switch answer {
      case .nobody: .send("")
      case .all: .send("all")
      case .byName: account(kind, selection)
      case .byTeam: teams(selection)
      case .byLabel: self.labels(selection)
      }
    }
  }

  private func account(_ kind: AccountKind, _ selection: LawSelection<AsWritten>?) -> Effect<String> {
    .chooseAccount(kind, title: kind.title, filter: "", context) { _, name in
      let names: Set<Name> = if case .named(let names)? = selection { names } else { [] }
      return LawTexts.text(.named(names.union([name])))
    }
  }

  private func teams(_ selection: LawSelection<AsWritten>?) -> Effect<String> {
    let chosen: Set<Name> = if case .members(let teams)? = selection { teams } else { [] }
    return choose("Teams", chosen) {
      try $0.allTeams().map(\.name)
    } then: {
      $0.isEmpty ? "" : LawTexts.text(.members($0))
    }
  }

  /// The most labels that are listed; others can be typed.
  private static let mostLabels = 500

  private func labels(_ selection: LawSelection<AsWritten>?) -> Effect<String> {
    let chosen: Labels = if case .labelled(let labels)? = selection { labels } else { .none }
    return .reading("reading the labels") {
      try context.administration.read {
        try $0.labels(of: .account, from: "", limit: Self.mostLabels).map(\.description)
      }
    } then: { known in
      let all = known + chosen.words.filter { !known.contains($0) }
      return .ask(
        MultiChoiceDialog(title: "Labels", rows: all.map { .init($0, $0) }, chosen: Set(chosen.words))
      ) { .send($0.isEmpty ? "" : "label: \($0.sorted().joined(separator: "; "))") }
    }
  }

  private func exception(_ typed: String, _ exceptions: [Name: Timestamp]) -> Effect<String> {
    .chooseAccount(.apiUser, title: "Excepted for 30 days", filter: "", context) { _, name in
      var exceptions = exceptions
      exceptions[name] = context.now.adding(days: 30)
      return LawTexts.text(exceptions, context.clock)
    }
  }

  // MARK: What a law is about

  private func oneTeam(_ typed: String) -> Effect<String> {
    one("Team", typed) { try $0.allTeams().map(\.name) }
  }

  private func oneConnector(_ typed: String) -> Effect<String> {
    one("Connector", typed) { try $0.connectors().map(\.name) }
  }

  private func one(
    _ title: String, _ typed: String, _ read: @escaping @Sendable (any SecurityReader) throws -> [Name]
  ) -> Effect<String> {
    .reading("reading") {
      try context.administration.read(read)
    } then: { names in
      guard !names.isEmpty else { return .toast("there is no \(title.lowercased()) yet: type its name") }
      return .ask(
        ChoiceDialog(
          title: title, rows: names.map { .init($0, $0.text) },
          selected: names.first { $0.text == typed.trimmed })
      ) { .send($0.text) }
    }
  }

  private func some(
    _ title: String, _ typed: String, on part: LawPart,
    _ read: @escaping @Sendable (any SecurityReader, ConnectorID) throws -> [Name]
  ) -> Effect<String> {
    let chosen = LawTexts.isAll(typed.trimmed) ? [] : Set(LawTexts.readable(typed))
    return choose(title, chosen) { reader in
      guard let id = try reader.connector(of: part) else { return [] }
      return try read(reader, id)
    } then: {
      LawTexts.text($0.isEmpty ? .all : .only($0))
    }
  }

  private func items(_ kind: ItemKind, _ part: LawPart) -> Effect<String> {
    let chosen = part[kind]?.only ?? []
    return .reading("reading") {
      try context.administration.read { try $0.items(kind, of: part) }
    } then: { known in
      let all = known + chosen.subtracting(known).sorted { LawTexts.text($0) < LawTexts.text($1) }
      guard !all.isEmpty else { return .toast("there is nothing yet: type LIST: NAME") }
      return .ask(
        MultiChoiceDialog(
          title: kind.title, rows: all.map { .init($0, "\($0.list.text): \($0.item.text)") }, chosen: chosen)
      ) { .send($0.isEmpty ? "" : LawTexts.text(.only($0))) }
    }
  }

  private func choose(
    _ title: String, _ chosen: Set<Name>,
    _ read: @escaping @Sendable (any SecurityReader) throws -> [Name],
    then text: @escaping @Sendable (Set<Name>) -> String
  ) -> Effect<String> {
    .reading("reading") {
      try context.administration.read(read)
    } then: { known in
      let keys = Set(known.map { NameKey($0) })
      let chosenKeys = Set(chosen.map { NameKey($0) })
      let unknown = chosen.filter { !keys.contains(NameKey($0)) }
      let all = known + unknown.sorted { $0.text < $1.text }
      guard !all.isEmpty else { return .toast("there is nothing yet: type a name") }
      return .ask(
        MultiChoiceDialog(
          title: title,
          rows: all.map { .init($0, $0.text, detail: unknown.contains($0) ? "not there yet" : "") },
          chosen: Set(all.filter { chosenKeys.contains(NameKey($0)) }))
      ) { .send(text($0)) }
    }
  }
}

extension SecurityReader {
  fileprivate func connector(of part: LawPart) throws -> ConnectorID? {
    try part.connector.flatMap { try connector(named: NameKey($0))?.id }
  }

  /// The items of a kind of the lists that a law names.
  fileprivate func items(_ kind: ItemKind, of part: LawPart) throws -> [LawItem<AsWritten>] {
    guard let id = try connector(of: part), let connector = try connector(id) else { return [] }
    let catalogue = try catalogue(of: connector)
    let wanted = part.lists.only.map { Set($0.map { NameKey($0) }) }
    return catalogue.lists.filter { wanted?.contains(NameKey($0.name)) ?? true }.flatMap { list in
      catalogue.items(kind, of: list.id).map { LawItem(list: list.name, item: $0.name) }
    }
  }
}
