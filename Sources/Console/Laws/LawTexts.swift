import Access
import Administration
import Store

/// The parts of a law as texts that people type.
enum LawTexts {
  // MARK: Whom a law means

  private static let teams = "team:"
  private static let labels = "label:"

  static func text(_ selection: LawSelection<AsWritten>?) -> String {
    switch selection {
    case nil: ""
    case .all: "all"
    case .named(let names): joined(names) { isAll($0) || isPrefixed($0, teams) || isPrefixed($0, labels) }
    case .labelled(let labels): "\(self.labels) \(labels.words.joined(separator: "; "))"
    case .members(let teams): "\(self.teams) \(joined(teams))"
    }
  }

  /// Errors: ``Problem``.
  static func selection(_ text: String) throws(Problem) -> LawSelection<AsWritten>? {
    let text = text.trimmed
    if text.isEmpty { return nil }
    if isAll(text) { return .all }
    if isPrefixed(text, teams) { return .members(try some(names(rest(text)), "a team")) }
    if isPrefixed(text, labels) { return .labelled(try readLabels(rest(text))) }
    return .named(try names(text))
  }

  private static func isPrefixed(_ text: String, _ prefix: String) -> Bool {
    text.lowercased().hasPrefix(prefix)
  }

  private static func rest(_ text: String) -> String {
    String(text.drop { $0 != ":" }.dropFirst())
  }

  private static func readLabels(_ text: String) throws(Problem) -> Labels {
    var labels: [Label] = []
    for piece in try NamesText.read(text).compactMap(\.first) {
      do throws(LabelProblem) { labels.append(try Label(piece.text)) } catch {
        throw Problem(error.description)
      }
    }
    if labels.isEmpty { throw Problem("a label is missing", hint: "write label: env=prod") }
    do throws(LabelProblem) { return try Labels(labels) } catch { throw Problem(error.description) }
  }

  // MARK: What a law is about

  /// An empty text means all, as an absent part does in the security file.
  static func text(_ names: Coverage<Name>) -> String { names.only.map { joined($0, isAll) } ?? "" }

  static func coverage(_ text: String) throws(Problem) -> Coverage<Name> {
    if text.trimmed.isEmpty || isAll(text.trimmed) { return .all }
    return .only(try some(names(text), "a name"))
  }

  static func text(_ items: Coverage<LawItem<AsWritten>>?) -> String {
    guard let items else { return "" }
    guard let named = items.only else { return "all" }
    return named.map { text($0) }.sorted().joined(separator: "; ")
  }

  /// As in `Sales Orders: Release`.
  static func text(_ item: LawItem<AsWritten>) -> String {
    let list = NamesText.written(item.list.text, inner: ":")
    return "\(list): \(NamesText.written(item.item.text, inner: ":"))"
  }

  static func items(_ text: String) throws(Problem) -> Coverage<LawItem<AsWritten>>? {
    if text.trimmed.isEmpty { return nil }
    if isAll(text.trimmed) { return .all }
    var items: Set<LawItem<AsWritten>> = []
    for parts in try NamesText.read(text, inner: ":") {
      guard parts.count == 2 else {
        throw Problem("\(quoted(parts[0].text)) names no list", hint: "write LIST: NAME")
      }
      items.insert(LawItem(list: try name(parts[0].text), item: try name(parts[1].text)))
    }
    return .only(items)
  }

  // MARK: Exceptions

  static func text(_ exceptions: [Name: Timestamp], _ clock: Clock) -> String {
    exceptions.map { exception($0.key, $0.value, clock) }.sorted().joined(separator: "; ")
  }

  /// As in `Portal Holding = 2027-06-30 00:00:00`.
  static func exception(_ name: Name, _ until: Timestamp, _ clock: Clock) -> String {
    "\(NamesText.written(name.text, inner: "=")) = \(InstantEntry(clock: clock).text(until))"
  }

  static func exceptions(_ text: String, _ clock: Clock) throws(Problem) -> [Name: Timestamp] {
    var exceptions: [Name: Timestamp] = [:]
    for parts in try NamesText.read(text, inner: "=") {
      let name = try name(parts[0].text)
      guard parts.count == 2, let until = try InstantEntry(clock: clock).instant(parts[1].text).get() else {
        throw Problem("until when is \(quotedName(name)) excepted?", hint: "write NAME = 2027-06-30")
      }
      guard exceptions.updateValue(until, forKey: name) == nil else {
        throw Problem("\(quotedName(name)) is excepted twice")
      }
    }
    return exceptions
  }

  // MARK: Names and numbers

  static func optionalName(_ text: String) throws(Problem) -> Name? {
    text.trimmed.isEmpty ? nil : try name(text)
  }

  static func days(_ text: String) throws(Problem) -> Int? {
    if text.trimmed.isEmpty { return nil }
    guard let days = Int(text.trimmed), LawBounds.days.contains(days) else {
      throw Problem("a number of days from \(LawBounds.days.lowerBound) to \(LawBounds.days.upperBound)")
    }
    return days
  }

  static func reason(_ text: String) throws(Problem) -> Summary {
    do throws(NameProblem) { return try Summary(text) } catch { throw Problem(error.description) }
  }

  /// The names of a text; those that can't be names are left out.
  static func readable(_ text: String) -> [Name] {
    ((try? NamesText.read(text)) ?? []).compactMap { $0.first.flatMap { try? Name($0.text) } }
  }

  static func joined(
    _ names: some Sequence<Name>, _ mistaken: (String) -> Bool = { _ in false }
  ) -> String {
    names.map { NamesText.written($0.text, mistaken: mistaken) }.sorted().joined(separator: "; ")
  }

  static func isAll(_ text: String) -> Bool { text.lowercased() == "all" }

  private static func names(_ text: String) throws(Problem) -> Set<Name> {
    var names: Set<Name> = []
    for piece in try NamesText.read(text).compactMap(\.first) { names.insert(try name(piece.text)) }
    return names
  }

  private static func some(_ names: Set<Name>, _ what: String) throws(Problem) -> Set<Name> {
    if names.isEmpty { throw Problem("\(what) is missing") }
    return names
  }

  private static func name(_ text: String) throws(Problem) -> Name {
    do throws(NameProblem) { return try Name(text) } catch { throw Problem(error.description) }
  }
}
