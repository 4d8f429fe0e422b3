import Access
import Administration

extension LawDraft {
  /// The fields of a law's page, those of all forms.
  ///
  /// - Parameter clock: made anew each time, since a distance is counted from when it is typed.
  static func fields(_ clock: @escaping @Sendable () -> Clock) -> [Field<LawDraft>] {
    [
      .read("name", "Name", \.name, placeholder: "what the law is called") {
        $0?.text ?? ""
      } _: {
        try LawTexts.optionalName($0)
      },
      .read("reason", "Reason", \.reason, placeholder: "why there is this law, for people") {
        $0.text
      } _: {
        try LawTexts.reason($0)
      },
      .flag("watch", "Watch only: report, and refuse nothing", \.isWatching, usual: false),
      .read("form", "Form", \.kind, placeholder: "") {
        $0.rawValue
      } _: {
        try kind($0)
      },
      who("apiUsers", "API users", \.apiUsers, "none, or all, A; B, team: T, label: env=prod"),
      who("users", "Users", \.users, "none, or all, A; B, team: T"),
    ] + LawPart.fields("", "").map { $0.of(\.what) } + LawPart.fields("and.", "And ").map { $0.of(\.other) }
      + [
        .read("of", "Team", \.team, placeholder: "the team whose grants cover all they see") {
          $0?.text ?? ""
        } _: {
          try LawTexts.optionalName($0)
        }
      ] + demandFields + [
        .read("except", "Except", \.exceptions, placeholder: "nobody, or API USER = 2027-06-30") {
          LawTexts.text($0, clock())
        } _: {
          try LawTexts.exceptions($0, clock())
        }
      ]
  }

  private static func kind(_ text: String) throws(Problem) -> LawKind {
    guard let kind = LawKind(rawValue: text.trimmed.lowercased()) else {
      throw Problem("never, apart, within, tokens or owned")
    }
    return kind
  }

  private static func who(
    _ key: String, _ label: String, _ path: FieldPath<LawDraft, LawSelection<AsWritten>?>,
    _ placeholder: String
  ) -> Field<LawDraft> {
    .read(key, label, path, placeholder: placeholder) {
      LawTexts.text($0)
    } _: {
      try LawTexts.selection($0)
    }
  }

  private static var demandFields: [Field<LawDraft>] {
    [
      days("maxDays", "At most days", \.demands.maximumDays),
      .flag("expiring", "They must expire", \.demands.isExpiring, usual: false),
      .flag("networks", "They must be limited to networks", \.demands.needsNetworks, usual: false),
      .flag("limited", "They must be limited to widgets or endpoints", \.demands.needsPlaces, usual: false),
      days("unusedDays", "Unused days", \.demands.unusedDays),
    ]
  }

  private static func days(
    _ key: String, _ label: String, _ path: FieldPath<LawDraft, Int?>
  ) -> Field<LawDraft> {
    .read(key, label, path, placeholder: "any number") {
      $0.map(String.init) ?? ""
    } _: {
      try LawTexts.days($0)
    }
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
    return [
      .read(prefix + "connector", label("Connector"), \.connector, placeholder: "its name") {
        $0?.text ?? ""
      } _: {
        try LawTexts.optionalName($0)
      },
      covered(prefix + "companies", label("Companies"), \.companies),
      covered(prefix + "lists", label("Lists"), \.lists),
    ]
      + ItemKind.allCases.map { kind in
        .read(
          prefix + kind.rawValue, label(kind.title), \LawPart.[kind],
          placeholder: "not asked, or all, LIST: NAME"
        ) {
          LawTexts.text($0)
        } _: {
          try LawTexts.items($0)
        }
      }
  }

  private static func covered(
    _ key: String, _ label: String, _ path: FieldPath<LawPart, Coverage<Name>>
  ) -> Field<LawPart> {
    .read(key, label, path, placeholder: "all, those that may come, too") {
      LawTexts.text($0)
    } _: {
      try LawTexts.coverage($0)
    }
  }
}

extension Field {
  /// A field whose text is read as a whole.
  fileprivate static func read<Part: Equatable & SendableMetatype>(
    _ key: String, _ label: String, _ path: FieldPath<Value, Part>, placeholder: String,
    _ write: @escaping @Sendable (Part) -> String, _ read: @escaping @Sendable (String) throws(Problem) -> Part
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
