private import Access
import Interchange
import Terminal

/// Finds actions and keys, and refuses two actions of a page with the same key.
extension ConfigResolver {
  mutating func assignments(_ sections: [ConfigDocument.Section<ConfigDocument.Assignment>]) -> KeyAssignments
  {
    var assignments = KeyAssignments()
    var places: [String: [String: FilePosition]] = [:]
    for section in sections {
      guard let page = page(section.name) else { continue }
      for assignment in section.content {
        guard let action = action(assignment.action, of: page) else { continue }
        let keys = assignment.keys.compactMap { key($0) }
        guard !keys.isEmpty else { continue }
        assignments.pages[page.name, default: [:]][action] = keys
        places[page.name, default: [:]][action] = assignment.action.position
      }
    }
    for page in vocabulary.pages { reportConflicts(on: page, assignments, places) }
    return assignments
  }

  private mutating func page(_ spot: Spot<String>) -> ConfigVocabulary.Page? {
    let pages = vocabulary.pages
    return word(spot, "page", pages.map(\.name)) { name in pages.first { $0.name == name } }
  }

  private mutating func action(_ spot: Spot<String>, of page: ConfigVocabulary.Page) -> String? {
    let isEverywhere = page.name == KeyAssignments.everywhere
    let known = (isEverywhere ? vocabulary.everywhere : page.actions).map(\.id)
    if known.contains(spot.value) { return spot.value }
    report(
      "the page \(page.name) has no action \(shown(spot.value))", at: spot.position,
      hint: Nearest.hint(to: spot.value, among: known) ?? "it has \(known.joined(separator: ", "))")
    return nil
  }

  private mutating func key(_ spot: Spot<String>) -> Key? {
    guard let key = Key(written: spot.value) else {
      report(
        "\(shown(spot.value)) is no key", at: spot.position,
        hint: "write a key as a letter or a sign, Ctrl-S, F5 or Space")
      return nil
    }
    if let other = key.sentAs {
      report("a terminal sends \(key.label) as \(other.label)", at: spot.position, hint: "choose another key")
      return nil
    }
    guard !key.isFixed else {
      report(
        "\(key.label) always keeps its meaning", at: spot.position,
        hint: "letters, signs, Ctrl and function keys can be given away")
      return nil
    }
    return key
  }

  /// Reports each action with a key of the person's that another action of the page has, too. Two actions that share a
  /// usual key are never possible at the same time, so they may share another one.
  private mutating func reportConflicts(
    on page: ConfigVocabulary.Page, _ assignments: KeyAssignments, _ places: [String: [String: FilePosition]]
  ) {
    let effective = page.actions.map { action in
      (action, keys: assignments.keys(of: action.id, on: page.name, usually: action.keys))
    }
    for (index, (action, keys)) in effective.enumerated() {
      let place = places[page.name]?[action.id] ?? places[KeyAssignments.everywhere]?[action.id]
      guard let place else { continue }
      for (otherIndex, (other, otherKeys)) in effective.enumerated() where otherIndex != index {
        let isOthersOwn = assignments.keys(of: other.id, on: page.name) != nil
        // Of two actions with keys of the person's, the later one is reported.
        guard Set(action.keys).isDisjoint(with: other.keys), !isOthersOwn || otherIndex < index,
          let key = keys.first(where: { otherKeys.contains($0) })
        else { continue }
        report(
          "on the page \(page.name), \(action.id) and \(other.id) both have the key \(key.label)", at: place,
          hint: "give \(other.id) another key, too, or choose another one for \(action.id)")
      }
    }
  }
}
