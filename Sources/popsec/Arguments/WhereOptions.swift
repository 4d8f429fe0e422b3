import Access
import Administration
import ArgumentParser
import Store

/// The kind of list for which conditions are given.
protocol WhereChoice: Sendable {
  static var kind: ListedKind { get }
}

enum WhereTokens: WhereChoice { static let kind = ListedKind.tokens }
enum WhereAPIUsers: WhereChoice { static let kind = ListedKind.apiUsers }
enum WhereUsers: WhereChoice { static let kind = ListedKind.users }
enum WhereTeams: WhereChoice { static let kind = ListedKind.teams }
enum WhereGrants: WhereChoice { static let kind = ListedKind.grants }
enum WhereCatalogue: WhereChoice { static let kind = ListedKind.catalogue }
enum WhereLaws: WhereChoice { static let kind = ListedKind.laws }

/// Conditions on the things of a list.
struct WhereOptions<Of: WhereChoice>: ParsableArguments {
  // A condition may begin with a `-`, which negates it.
  @Option(
    name: .customLong("where"), parsing: .unconditionalSingleValue,
    help: ArgumentHelp(
      "Those for which all conditions hold; may be given again.",
      discussion: Of.kind.conditionHelp, valueName: "conditions"), completion: .names(.conditions(Of.kind)))
  var conditions: [String] = []

  var isGiven: Bool { !conditions.isEmpty }

  func validate() throws {
    // The text may come from a variable that is not set, and must not mean everything.
    if conditions.contains(where: { $0.allSatisfy(\.isWhitespace) }) {
      throw ValidationError("--where needs conditions, or a part of a name")
    }
    if let option = conditions.first(where: { $0.hasPrefix("--") }) {
      throw ValidationError("--where needs conditions, and \(quotedExcerpt(option)) is an option")
    }
  }

  /// Errors: ``ConditionProblem``.
  func written() throws -> WrittenConditions {
    var written = WrittenConditions(of: Of.kind)
    for text in conditions { try written.add(try WrittenConditions(text, of: Of.kind)) }
    return written
  }
}

extension ListedKind {
  /// The conditions of the list, one after another, as the help shows them.
  var conditionHelp: String {
    let rules = ConditionRule.rules(of: self).map { rule in
      "\(rule.examples(in: self).joined(separator: " ")) (\(rule.meaning))"
    }
    return
      (["Words separated by blanks; plain ones are a part of the name, -KEY:VALUE must not hold"] + rules)
      .joined(separator: "; ") + "."
  }
}

extension Finder {
  var conditions: ConditionFinder { ConditionFinder(reader, now: now) }
}
