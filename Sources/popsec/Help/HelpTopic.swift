import Access
import Terminal

/// What `popsec help` tells beside the commands.
enum HelpTopic: String, CaseIterable {
  case options
  case exitCodes = "exit-codes"
  case files, environment, names

  /// A line of a topic: a term and what it means.
  struct Row: Hashable {
    let term: String
    let meaning: String

    init(_ term: String, _ meaning: String) { (self.term, self.meaning) = (term, meaning) }
  }

  var title: String {
    switch self {
    case .options: "the options that all commands take, before or after the command"
    case .exitCodes: "how a command ends; the numbers are those of sysexits.h"
    case .files: "the files and folders that popsec uses"
    case .environment: "the variables of the environment that popsec reads"
    case .names: "how things are named on the command line"
    }
  }

  var rows: [Row] {
    switch self {
    case .options:
      CommonOption.allCases.map { option in
        Row(option.form, [option.abstract, option.otherwise].compactMap { $0 }.joined(separator: " "))
      }
    case .exitCodes: ExitStatus.allCases.map { Row(String($0.rawValue), $0.meaning) } + Self.otherEnds
    case .files: Self.fileRows
    case .environment: Self.variableRows
    case .names: Self.nameRows
    }
  }

  /// The lines of the topic.
  ///
  /// - Parameter columns: the width into which the lines must fit; nil where any width does.
  func lines(columns: Int?) -> [String] {
    let width = rows.map { cellWidth(of: $0.term) }.max() ?? 0
    // On few columns each meaning still has some room.
    let room = columns.map { max(20, $0 - width - 4) } ?? .max
    return [title, ""]
      + rows.flatMap { row in
        wrap(row.meaning, columns: room).enumerated().map { index, line in
          let term = index == 0 ? row.term : ""
          return "  " + term + String(repeating: " ", count: width - cellWidth(of: term) + 2) + line
        }
      }
  }

  func print() throws {
    let output = Output.standard()
    for line in lines(columns: output.isTerminal ? output.columns : nil) { try output.line(line) }
    try output.flush()
  }

  /// The topic that `popsec help TOPIC` asks for; nil where the arguments ask for something else.
  ///
  /// Errors: ``Trouble`` where there is neither a topic nor a command of that name.
  static func asked(_ arguments: [String]) throws(Trouble) -> HelpTopic? {
    guard arguments.count >= 2, arguments[0] == "help", !arguments[1].hasPrefix("-") else { return nil }
    let word = arguments[1]
    if let topic = HelpTopic(rawValue: word.lowercased()) {
      guard arguments.count == 2 else {
        throw Trouble("a topic stands alone", hint: "popsec help \(topic.rawValue)", exitStatus: .usage)
      }
      return topic
    }
    try CommandPath.check(Array(arguments.dropFirst()), topics: allCases.map(\.rawValue))
    return nil
  }
}
