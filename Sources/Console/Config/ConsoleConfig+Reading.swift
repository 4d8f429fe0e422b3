private import Access
package import Interchange
import Terminal

extension ConsoleConfig {
  /// Reads a document of settings in YAML or JSON. An empty document has the usual settings.
  ///
  /// - Parameter name: where the document is, for the errors.
  ///
  /// Errors: all that is wrong with the document, with the places.
  package static func read(
    _ bytes: [UInt8], named name: String, _ vocabulary: ConfigVocabulary
  ) throws(ConfigErrors) -> ConsoleConfig {
    let (document, problems) = ConfigDocument.read(bytes, named: name)
    var resolver = ConfigResolver(vocabulary: vocabulary, problems: problems)
    let config = resolver.config(of: document)
    guard resolver.problems.isEmpty else {
      throw ConfigErrors(documentName: name, problems: resolver.problems)
    }
    return config
  }
}

/// Finds what the names of a document mean. What is not found is left out, and reported.
struct ConfigResolver {
  let vocabulary: ConfigVocabulary
  private(set) var problems: [FileProblem]

  init(vocabulary: ConfigVocabulary, problems: [FileProblem] = []) {
    self.vocabulary = vocabulary
    self.problems = problems
  }

  mutating func config(of document: ConfigDocument) -> ConsoleConfig {
    var config = ConsoleConfig()
    config.theme =
      word(document.theme, "theme", ColorTheme.allCases.map(\.rawValue)) { ColorTheme(named: $0) }
      ?? .terminal
    let places = vocabulary.startPages.map(\.rawValue)
    config.startPage = word(document.startPage, "page to start with", places) { text in
      places.contains(text) ? Place(rawValue: text) : nil
    }
    if config.startPage == Places.main { config.startPage = nil }
    config.timeZone = timeZone(document.timeZone)
    config.copyRowAs = rowFormat(document.copyRowAs)
    config.keys = assignments(document.keys)
    for section in document.columns {
      if let list = list(section.name) { config.columns[list.name] = columns(section.content, of: list) }
    }
    for section in document.views {
      if let list = list(section.name) { config.views[list.name] = views(section.content, of: list) }
    }
    return config
  }

  /// Nil where the console is to ask.
  private mutating func rowFormat(_ spot: Spot<String>?) -> ConsoleConfig.RowFormat? {
    typealias Format = ConsoleConfig.RowFormat
    guard spot?.value != Format.asking else { return nil }
    return word(spot, "form of a row", Format.words) { Format(rawValue: $0) }
  }

  mutating func report(_ message: String, at position: FilePosition, hint: String? = nil) {
    problems.append(FileProblem(message, at: position, hint: hint))
  }

  /// The value of a word. An unknown word is reported with the nearest known one, or else all of them.
  mutating func word<Value>(
    _ spot: Spot<String>?, _ what: String, _ known: [String], _ value: (String) -> Value?
  ) -> Value? {
    guard let spot else { return nil }
    if let found = value(spot.value) { return found }
    let hint = Nearest.hint(to: spot.value, among: known) ?? "there are \(choice(known))"
    report("there is no \(what) \(shown(spot.value))", at: spot.position, hint: hint)
    return nil
  }

  private mutating func timeZone(_ spot: Spot<String>?) -> String? {
    guard let spot, spot.value != "local" else { return nil }
    if vocabulary.timeZones.isKnown(spot.value) { return spot.value }
    let hint =
      Nearest.hint(to: spot.value, among: vocabulary.timeZones.all())
      ?? "write it as Europe/Berlin, UTC or local"
    report("there is no time zone \(shown(spot.value))", at: spot.position, hint: hint)
    return nil
  }

  // MARK: - Lists

  private mutating func list(_ spot: Spot<String>) -> ConfigVocabulary.Page? {
    let lists = vocabulary.lists
    return word(spot, "list", lists.map(\.name)) { name in lists.first { $0.name == name } }
  }

  private mutating func columns(_ spots: [Spot<String>], of list: ConfigVocabulary.Page) -> [String] {
    let known = list.columns.map(\.id)
    var columns: [String] = []
    for spot in spots {
      guard known.contains(spot.value) else {
        let near = Nearest.hint(to: spot.value, among: known).map { $0 + " " } ?? ""
        report(
          "the list \(list.name) has no column \(shown(spot.value))", at: spot.position,
          hint: near + "its columns are \(known.joined(separator: ", "))")
        continue
      }
      guard !columns.contains(spot.value) else {
        report("the column \(shown(spot.value)) is there twice", at: spot.position)
        continue
      }
      columns.append(spot.value)
    }
    return columns
  }

  private mutating func views(
    _ written: [ConfigDocument.View], of list: ConfigVocabulary.Page
  ) -> [ConsoleConfig.View] {
    var views: [ConsoleConfig.View] = []
    for view in written {
      guard let letter = view.letter.value.first, view.letter.value.count == 1, letter.isLetter else {
        report("\(shown(view.letter.value)) is no letter", at: view.letter.position)
        continue
      }
      if let other = views.first(where: { $0.letter == letter }) {
        report(
          "the views \(shown(other.name)) and \(shown(view.name.value)) have the same letter \(letter)",
          at: view.letter.position, hint: "letters are unique in a list")
        continue
      }
      let name = plainText(view.name, "the name of a view")
      let filter = plainText(view.filter, "a filter")
      let order = word(view.order, "column of \(list.name)", list.columns.map(\.id)) { id in
        list.columns.contains { $0.id == id } ? id : nil
      }
      guard let name, let filter else { continue }
      views.append(
        ConsoleConfig.View(
          letter: letter, name: name, filter: filter, order: order, isDescending: view.isDescending))
    }
    return views
  }

  /// A text that is not empty and has no control characters.
  private mutating func plainText(_ spot: Spot<String>, _ what: String) -> String? {
    if !spot.value.isEmpty,
      !spot.value.unicodeScalars.contains(where: { $0.properties.generalCategory == .control })
    {
      return spot.value
    }
    report("\(what) has one line, with something in it", at: spot.position)
    return nil
  }
}
