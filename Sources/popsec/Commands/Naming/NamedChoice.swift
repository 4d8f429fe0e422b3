import Access
import Administration
import ArgumentParser
import Store

/// The choice among kinds of things that have a name. Each command that is the same for several kinds is written
/// once.
protocol NamedChoice: Sendable {
  static var kind: DeletedKind { get }
  /// The noun, as in `team`.
  static var noun: String { get }
  /// How a name of the kind is completed.
  static var completion: CompletionKind { get }
  /// The words of the command, as in `catalogue widget`.
  static var command: String { get }
  /// The verb of the command that deletes the thing.
  static var deleting: String { get }
  /// What the deletion takes along, as a sentence about the command.
  static var deletion: String { get }

  /// Deletes the thing that has a name, and returns its name as it is written.
  static func delete(_ name: String, _ change: Change) throws -> Name
}

/// The choice among kinds that are renamed by a command of their own.
protocol RenamedChoice: NamedChoice {
  /// What renaming leaves as it is, as a sentence.
  static var keeping: String { get }

  static func rename(_ name: String, to becomes: Name, _ change: Change) throws
}

struct NamedRename<Of: RenamedChoice>: ParsableCommand {
  static var configuration: CommandConfiguration {
    CommandConfiguration(
      commandName: "rename", abstract: "Rename a \(Of.noun).",
      discussion: """
        \(Of.keeping)

        Examples:
          popsec \(Of.command) rename Desk 'Service Desk'
          popsec \(Of.command) rename Desk 'Service Desk' --yes
        """)
  }

  @OptionGroup var global: GlobalOptions

  @Argument(help: "The \(Of.noun)'s name.", completion: Of.completion)
  var name: String

  @Argument(help: "Its new name.")
  var newName: String

  @OptionGroup var change: ChangeOptions

  func run() throws {
    let becomes = try Name(argument: newName)
    try global.run { session in
      try session.make(change, asking: "rename this \(Of.noun)") { try Of.rename(name, to: becomes, $0) }
    }
  }
}

struct NamedDelete<Of: NamedChoice>: ParsableCommand {
  static var configuration: CommandConfiguration {
    CommandConfiguration(
      commandName: Of.deleting, abstract: Of.deletion,
      discussion: """
        The effect on who may see what is shown first, and the command asks.

        Examples:
          popsec \(Of.command) \(Of.deleting) NAME --dry-run
          popsec \(Of.command) \(Of.deleting) NAME --yes
        """)
  }

  @OptionGroup var global: GlobalOptions

  @Argument(help: "The \(Of.noun)'s name.", completion: Of.completion)
  var name: String

  @OptionGroup var change: ChangeOptions

  func run() throws {
    try global.run { session in
      let note = TakingBack.deleting(Of.kind, days: session.administration.retentionDays)
      let what = "\(Of.deleting) this \(Of.noun)"
      try session.make(change, asking: { .name(what, $0.result, note: note) }) {
        try Of.delete(name, $0)
      }
    }
  }
}
