import Access
import ArgumentParser
import Testing

@testable import popsec

/// A command that does something, with the names that lead to it.
struct Leaf: CustomTestStringConvertible {
  let path: [String]
  let command: any ParsableCommand.Type

  var testDescription: String { path.joined(separator: " ") }

  /// All commands of popsec.
  static let all = leaves([], Popsec.self)

  private static func leaves(_ path: [String], _ command: any ParsableCommand.Type) -> [Leaf] {
    let below = command.configuration.subcommands
    if below.isEmpty { return [Leaf(path: path, command: command)] }
    return below.flatMap { leaves(path + [$0.configuration.commandName ?? ""], $0) }
  }

  /// The lines of the help under `Examples:`.
  var examples: [String] {
    // A backslash at the end of a line joins the next one.
    let text = command.configuration.discussion.replacing(#/\\\n\s*/#, with: "")
    let lines = text.split(separator: "\n").map(String.init)
    guard let title = lines.firstIndex(of: "Examples:") else { return [] }
    return lines[(title + 1)...].map { String($0.drop { $0 == " " }) }
  }
}

@Suite struct ExampleTests {
  @Test("each command has two or three examples of its own", arguments: Leaf.all)
  func count(leaf: Leaf) throws {
    #expect((2...4).contains(leaf.examples.count), "\(leaf.examples)")
    for example in leaf.examples {
      let words = try #require(try Self.words(example), "\(example)")
      #expect(words.starts(with: leaf.path), "\(example)")
    }
  }

  @Test("each example is a command that popsec takes", arguments: Leaf.all)
  func parses(leaf: Leaf) throws {
    for example in leaf.examples {
      let words = try #require(try Self.words(example))
      do { _ = try CommandPath.command(words) } catch {
        Issue.record("\(example): \(Popsec.message(for: error))")
      }
    }
  }

  @Test("a command that is parsed alone is the same as one that is parsed from the root", arguments: Leaf.all)
  func alone(leaf: Leaf) throws {
    // One of each command suffices: to parse from the root takes most of this test's time.
    let example = try #require(leaf.examples.first)
    let words = try #require(try Self.words(example))
    let alone = try #require(CommandPath.alone(words), "\(example)")
    #expect("\(alone)" == "\(try Popsec.parseAsRoot(words))", "\(example)")
    for option in ["--help", "--version", "--nonsense"] {
      #expect(CommandPath.alone(leaf.path + [option]) == nil, "\(option)")
    }
  }

  /// The arguments of popsec in a line for a shell, which may begin with sudo or ssh, and use files and pipes.
  private static func words(_ line: String) throws -> [String]? {
    let commands = try ShellWords.split(line).split(separator: "|").map(Array.init)
    for words in commands {
      let isName: (String) -> Bool = { $0 == "popsec" || $0.hasPrefix("popsec@") }
      guard let start = words.firstIndex(where: isName) else { continue }
      let rest = words[(start + 1)...]
      return Array(rest.prefix { $0 != "<" && $0 != ">" })
    }
    return nil
  }
}
