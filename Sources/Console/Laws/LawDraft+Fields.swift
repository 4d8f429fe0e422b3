import Access
import Administration

extension LawDraft {
  /// The fields of a law's page, those of all forms.
  ///
  /// - Parameter clock: made anew each time, since a distance is counted from when it is typed.
  static func fields(_ clock: @escaping @Sendable () -> Clock) -> [Field<LawDraft>] {
    let first = LawPart.fields("", "").map { $0.of(\LawDraft.what) }
    let second = LawPart.fields("and.", "And ").map { $0.of(\LawDraft.other) }
    return about + who + first + second + [team] + demands + [exceptions(clock)]
  }

  private static var about: [Field<LawDraft>] {
    [
      .name("name", "Name", \LawDraft.name, placeholder: "what the law is called"),
      .read(
        "reason", "Reason", \LawDraft.reason, placeholder: "why there is this law, for people", \.text,
        LawTexts.reason),
      .flag("watch", "Watch only: report, and refuse nothing", \LawDraft.isWatching, usual: false),
      .read("form", "Form", \LawDraft.kind, placeholder: "", \.rawValue, readKind),
    ]
  }

  private static func readKind(_ text: String) throws(Problem) -> LawKind {
    guard let kind = LawKind(rawValue: text.trimmed.lowercased()) else {
      throw Problem("never, apart, within, tokens or owned")
    }
    return kind
  }

  private static var who: [Field<LawDraft>] {
    [
      .read(
        "apiUsers", "API users", \LawDraft.apiUsers,
        placeholder: "none, or all, A; B, team: T, label: env=prod", { LawTexts.text($0) }, LawTexts.selection
      ),
      .read(
        "users", "Users", \LawDraft.users, placeholder: "none, or all, A; B, team: T", { LawTexts.text($0) },
        LawTexts.selection),
    ]
  }

  private static var team: Field<LawDraft> {
    .name("of", "Team", \LawDraft.team, placeholder: "the team whose grants cover all they see")
  }

  private static var demands: [Field<LawDraft>] {
    [
      days("maxDays", "At most days", \LawDraft.demands.maximumDays),
      .flag("expiring", "They must expire", \LawDraft.demands.isExpiring, usual: false),
      .flag("networks", "They must be limited to networks", \LawDraft.demands.needsNetworks, usual: false),
      .flag(
        "limited", "They must be limited to widgets or endpoints", \LawDraft.demands.needsPlaces,
        usual: false),
      days("unusedDays", "Unused days", \LawDraft.demands.unusedDays),
    ]
  }

  private static func days(
    _ key: String, _ label: String, _ path: FieldPath<LawDraft, Int?>
  ) -> Field<LawDraft> {
    .read(key, label, path, placeholder: "any number", { $0.map { String($0) } ?? "" }, LawTexts.days)
  }

  private static func exceptions(_ clock: @escaping @Sendable () -> Clock) -> Field<LawDraft> {
    .read(
      "except", "Except", \LawDraft.exceptions, placeholder: "nobody, or API USER = 2027-06-30",
      { LawTexts.text($0, clock()) },
      { (text: String) throws(Problem) in try LawTexts.exceptions(text, clock()) })
  }

  /// Whether the field with this key belongs to the law's form.
  func shows(_ key: String) -> Bool {
    switch key {
    case "connector", "companies", "lists", "action", "detail", "listAction": kind == .never || kind == .apart
    case "of": kind == .within
    case "maxDays", "expiring", "networks", "limited", "unusedDays": kind == .tokens
    case "users": kind != .owned || users != nil
    default: !key.hasPrefix("and.") || kind == .apart
    }
  }
}

extension LawPart {
  /// - Parameters:
  ///   - prefix: stands before the keys.
  ///   - word: stands before the labels.
  fileprivate static func fields(_ prefix: String, _ word: String) -> [Field<LawPart>] {
    func label(_ label: String) -> String { word.isEmpty ? label : word + label.lowercased() }
    let named: [Field<LawPart>] = [
      .name(prefix + "connector", label("Connector"), \LawPart.connector, placeholder: "its name"),
      covered(prefix + "companies", label("Companies"), \LawPart.companies),
      covered(prefix + "lists", label("Lists"), \LawPart.lists),
    ]
    return named + ItemKind.allCases.map { items(prefix + $0.rawValue, label($0.title), $0) }
  }

  private static func covered(
    _ key: String, _ label: String, _ path: FieldPath<LawPart, Coverage<Name>>
  ) -> Field<LawPart> {
    Field.read(
      key, label, path, placeholder: "all, those that may come, too", { LawTexts.text($0) }, LawTexts.coverage
    ).usually("all")
  }

  private static func items(_ key: String, _ label: String, _ kind: ItemKind) -> Field<LawPart> {
    .read(
      key, label, \LawPart.[kind], placeholder: "not asked, or all, LIST: NAME", { LawTexts.text($0) },
      LawTexts.items)
  }
}

extension Field {
  fileprivate static func name(
    _ key: String, _ label: String, _ path: FieldPath<Value, Name?>, placeholder: String
  ) -> Field {
    .read(key, label, path, placeholder: placeholder, { $0?.text ?? "" }, LawTexts.optionalName)
  }

  /// A field whose text is read as a whole.
  fileprivate static func read<Part: Equatable & SendableMetatype>(
    _ key: String, _ label: String, _ path: FieldPath<Value, Part>, placeholder: String,
    _ write: @escaping @Sendable (Part) -> String,
    _ read: @escaping @Sendable (String) throws(Problem) -> Part
  ) -> Field {
    Field(key, label, path, .optional) { part, _ in
      let text = write(part)
      return text.isEmpty ? [] : [text]
    }.typed(
      .text(placeholder: placeholder) { value, text in
        do throws(Problem) { value[keyPath: path] = try read(text) } catch { return error.line }
        return nil
      })
  }
}
