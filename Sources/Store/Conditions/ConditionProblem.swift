package import Access

/// The reason why conditions can't be read, or name something that there is not.
package enum ConditionProblem: Complaint, Hashable {
  case tooLong
  case tooMany
  case openQuote
  case unknownKey(String, ListedKind)
  /// The list's things can't be asked this.
  case notOfList(ConditionKey, ListedKind)
  case badOperator(ConditionRule, ListedKind)
  case noValue(ConditionRule, ListedKind)
  case badValue(String, ConditionRule, ListedKind)
  case name(NameProblem)
  case owner(OwnerProblem)
  case label(LabelProblem)
  /// There is nothing of that kind and name; some names are near to it.
  case missing(kind: String, name: String, nearest: [String])

  package var message: String {
    switch self {
    case .tooLong: "conditions have at most \(WrittenConditions.maximumLength) characters, these have more"
    case .tooMany: "there are at most \(WrittenConditions.maximumCount) conditions, these are more"
    case .openQuote: "a quote is opened and not closed"
    case .unknownKey(let key, let kind): "\(kind.title) have no condition \(told(key))"
    case .notOfList(let key, let kind): "\(kind.title) have no condition \(told(key.rawValue))"
    case .badOperator(let rule, _): "the condition \(told(rule.key.rawValue)) is not written so"
    case .noValue(let rule, _): "the condition \(told(rule.key.rawValue)) has no value"
    case .badValue(let text, let rule, let kind): "\(told(text)) is \(rule.form.noSuchValue(kind))"
    case .name(let problem): problem.description
    case .owner(let problem): problem.description
    case .label(let problem): problem.description
    case .missing(let kind, let name, _): "there is no \(kind) named \(told(name))"
    }
  }

  package var hint: String? {
    switch self {
    case .tooLong, .tooMany: "ask for less at a time"
    case .openQuote: "close it, or write \\\" for a quote within quotes"
    case .unknownKey(let key, let kind):
      Nearest.nearest(to: key, among: kind.keys.map(\.rawValue)).map { "did you mean \(told($0))?" }
        ?? "\(kind.askedBy); what is a part of a name stands in quotes"
    case .notOfList(_, let kind): kind.askedBy
    case .badOperator(let rule, let kind), .noValue(let rule, let kind), .badValue(_, let rule, let kind):
      "write \(rule.examples(in: kind).joined(separator: ", "))"
    case .name: "write the whole name, in quotes where it has blanks"
    case .owner: "write owner:user:NAME, owner:TEXT, or owner: for nobody"
    case .label: "write label:env=prod, or label:env"
    case .missing(_, _, let nearest):
      nearest.isEmpty
        ? "names are compared whole" : "did you mean \(nearest.map(told).joined(separator: " or "))?"
    }
  }

  package var exitStatus: ExitStatus { if case .missing = self { .noInput } else { .badData } }

  /// The beginning of a text that somebody wrote, in quotes. What holds a Token ID is not repeated.
  private func told(_ text: String) -> String {
    let beginning = String(text.unicodeScalars.prefix(40))
    let rest = beginning.unicodeScalars.count < text.unicodeScalars.prefix(41).count ? "…" : ""
    return TokenID.isContained(in: text) ? "(a Token ID)" : "\u{201C}\(beginning)\(rest)\u{201D}"
  }
}

extension ConditionRule.Form {
  fileprivate func noSuchValue(_ kind: ListedKind) -> String {
    switch self {
    case .state: "no state of \(kind.title)"
    case .kind: "no kind of \(kind.title)"
    case .network: "no network"
    case .age: "no age"
    case .name, .owner, .label, .end, .past: "no time"
    }
  }
}

extension ListedKind {
  /// The keys of the list's conditions.
  var keys: [ConditionKey] { ConditionRule.rules(of: self).map(\.key) }

  /// What the list's things can be asked, as in `teams can be asked by: role, created`.
  var askedBy: String { "\(title) can be asked by: \(keys.map(\.rawValue).joined(separator: ", "))" }
}
