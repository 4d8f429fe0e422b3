import Access
import Administration
import ArgumentParser
import Store

struct DeletedCommand: ParsableCommand {
  static let configuration = CommandConfiguration(
    commandName: "deleted", abstract: "Deleted things that can still be restored.",
    subcommands: [DeletedList.self, DeletedRestore.self, DeletedPurge.self])
}

/// Reads the kind as in `api-user`, or as it is written in JSON.
extension DeletedKind: ExpressibleByArgument {
  init?(argument: String) {
    let word = argument.lowercased()
    guard let kind = Self.allCases.first(where: { $0.word == word || $0.rawValue.lowercased() == word })
    else {
      return nil
    }
    self = kind
  }

  fileprivate var word: String { self == .apiUser ? "api-user" : rawValue }

  static var words: [String] { allCases.map(\.word) }
  /// The values are listed in the help. They are too many for a message.
  static var allValueStrings: [String] { [] }
  static var defaultCompletionKind: CompletionKind { .list(words) }
}

/// The deleted thing that is meant.
struct DeletedAddress: ParsableArguments {
  @Argument(help: "What kind of thing: \(DeletedKind.words.joined(separator: ", ")).")
  var kind: DeletedKind

  @Argument(help: "The name of the deleted thing.", completion: .names(.deleted))
  var name: String?

  @Option(help: "The thing's id in place of its name, as deleted list shows it.")
  var id: String?

  func validate() throws {
    guard (name == nil) != (id == nil) else { throw ValidationError("give either a name or --id") }
  }

  func find(_ administration: Administration) throws -> DeletedItem {
    let found: [DeletedItem]
    if let id {
      found = try DeletedThing(kind, id: id).flatMap { try administration.deleted($0) }.map { [$0] } ?? []
    } else {
      found = try administration.deleted(kind, named: try Name(argument: name ?? ""))
    }
    guard let item = found.first else {
      throw UndoProblem.notDeleted(kind: kind.title, name: excerpt(id ?? name ?? ""))
    }
    guard found.count == 1 else { throw Trouble(ambiguous: found, kind) }
    return item
  }
}

extension Trouble {
  private static let mostTold = 5

  fileprivate init(ambiguous found: [DeletedItem], _ kind: DeletedKind) {
    let told = found.prefix(Self.mostTold).map { item in
      "--id \(item.row.thing.idText) (\(item.row.what), deleted \(item.row.deletedAt.minute) UTC)"
    }
    let more = found.count > told.count ? "; popsec deleted list shows the others" : ""
    self.init(
      "\(found.count) deleted things of the kind \(kind.title) have that name",
      hint: "say which: " + told.joined(separator: ", ") + more, exitStatus: .badData)
  }
}
