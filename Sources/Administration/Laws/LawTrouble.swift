package import Access

/// The reason why a law, or a change under a law, was refused. Nothing was changed.
package enum LawTrouble: Complaint, Hashable {
  /// The change would break a law.
  case breaks(LawConsequence)
  /// The law is broken at present, so that it can't be enforced.
  case isBroken(LawConsequence)
  /// Only an Administrator may take a subject out of whom a law means.
  case takesOut(subject: String, law: Name)
  /// Only an Administrator may let an API user come under a name that a law excepts.
  case excepts(subject: String, law: Name)
  /// Only an Administrator may rename a thing that a law names where another thing has, or had, the same name.
  case namesSeveral(DeletedKind, Name, law: Name)
  /// A store has no more than ``LawBounds/laws``.
  case tooMany
  /// The laws of a store have no more than ``LawBounds/characters`` together.
  case tooLong

  package var message: String {
    switch self {
    case .breaks(let consequence): "this would break \(consequence.title): \(consequence.counterexample)"
    case .isBroken(let consequence): "\(consequence.title) is broken now: \(consequence.counterexample)"
    case .takesOut(let subject, let law):
      "this would take \(subject) out of whom the law \(quoted(law.text)) means"
    case .excepts(let subject, let law):
      "this would make \(subject) an exception of the law \(quoted(law.text)), which excepts this name"
    case .namesSeveral(let kind, let name, let law):
      "the law \(quoted(law.text)) names \(quoted(name.text)), and a second \(kind.title) has or had this name: "
        + "only an Administrator may give one of them another name"
    case .tooMany: "these would be more than \(LawBounds.laws.grouped) laws, the most that a store has"
    case .tooLong:
      "the laws would have more than \(LawBounds.characters.grouped) characters together, the most in a store"
    }
  }

  package var hint: String? {
    switch self {
    case .breaks(let consequence):
      "nothing was changed" + (consequence.isOfOwners ? "; an owner is given by --owner" : "")
        + (consequence.commandLine.map { "; this shows what is so far: \($0)" } ?? "")
    case .isBroken: "mend what breaks it first, or give it the mode watch, which only reports"
    case .takesOut, .namesSeveral: "ask an Administrator"
    case .excepts: "choose another name, or ask an Administrator"
    case .tooMany: "remove a law, or have one law mean more, as by a label or a team"
    case .tooLong: "have the laws mean labels, teams or whole connectors, and not so many names"
    }
  }

  package var exitStatus: ExitStatus {
    switch self {
    case .takesOut, .excepts, .namesSeveral: .notPermitted
    case .breaks, .isBroken, .tooMany, .tooLong: .badData
    }
  }
}

/// A broken law in words, with one counterexample.
package struct LawConsequence: Hashable, Sendable {
  package let law: Law<AsWritten>
  /// The law with its reason, as in `the law “payroll is for no token” (works council agreement)`.
  package let title: String
  package let counterexample: String
  /// The commands that show the counterexample, each as its words.
  package internal(set) var commands: [[String]]
  /// Whether the change that breaks the law is refused.
  package let isRefused: Bool

  init(_ broken: LawChecker.Broken, _ names: NameBook, now: Timestamp, isRefused: Bool) {
    let words = BreachWords(broken, names, now: now)
    law = broken.law
    (title, counterexample, commands) = (words.title, words.counterexample, words.commands)
    self.isRefused = isRefused
  }

  /// Whether an owner is missing, or a disabled user is the owner.
  var isOfOwners: Bool { if case .owned = law.form { true } else { false } }

  /// The commands as a person types them in a shell; nil where there are none.
  package var commandLine: String? {
    commands.isEmpty ? nil : commands.map(ShellWords.joined).joined(separator: "; ")
  }
}

/// What the laws say to a change that is tried.
struct LawConsequences: Sendable {
  /// The laws that the change would break, each with one counterexample.
  var found: [LawConsequence] = []
  /// Whether everybody was looked at whom the change touches.
  var isWhole = true

  mutating func add(_ other: Self) {
    found += other.found
    isWhole = isWhole && other.isWhole
  }

  var warnings: [EffectWarning] {
    found.map(EffectWarning.breaksLaw) + (isWhole ? [] : [.mayBreakMoreLaws])
  }
}
