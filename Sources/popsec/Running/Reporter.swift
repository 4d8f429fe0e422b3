import Access
import Administration
import ArgumentParser
import Foundation
import Interchange
import Terminal

/// Reports to a person how a command ended, and gives its exit status.
struct Reporter {
  /// The arguments of the program, without the program's name.
  let arguments: [String]

  func report(_ error: any Error) -> ExitCode {
    switch error {
    case let remote as RemoteFailure: return Reporter(arguments: remote.words).report(remote.cause)
    // A filter whose reader has gone ends silently.
    case is ClosedPipe: return end(by: SIGPIPE)
    case let ended as EndedBySignal: return end(by: ended.signal)
    case let complaint as any Complaint:
      tell(complaint.message, hint: complaint.hint, complaint.exitStatus)
      return ExitCode(complaint.exitStatus.rawValue)
    default: return reportParsing(error)
    }
  }

  /// Reports what ArgumentParser throws: help and the like, or wrong arguments.
  private func reportParsing(_ error: any Error) -> ExitCode {
    let code = Popsec.exitCode(for: error)
    if code.isSuccess { return printHelp(Popsec.fullMessage(for: error)) }
    guard code == .validationFailure || error is ExitCode else {
      // Only the type's name is shown, because the error's text might hold anything.
      tell("this should not have happened: \(type(of: error))", hint: "please report it", .software)
      return ExitCode(ExitStatus.software.rawValue)
    }
    let message = Popsec.message(for: error)
    if !message.isEmpty { tell(shortened(message).lowercasingFirst, hint: usage(error), .usage) }
    return code
  }

  private func printHelp(_ text: String) -> ExitCode {
    do {
      let output = Output.standard()
      try output.lines(text)
      if text.hasPrefix("OVERVIEW:") { try output.lines("\nCommon options: popsec help options") }
      try output.flush()
      return .success
    } catch {
      return report(error)
    }
  }

  private func usage(_ error: any Error) -> String {
    let lines = Popsec.fullMessage(for: error).split(separator: "\n")
    let usage = lines.first { $0.hasPrefix("Usage: ") }.map { $0.dropFirst("Usage: ".count) }
    return "usage: \(usage ?? "popsec --help")"
  }

  private func end(by number: Int32) -> ExitCode {
    EndedBySignal(signal: number).endProcess()
    return ExitCode(128 + number)
  }

  private func tell(_ message: String, hint: String?, _ status: ExitStatus) {
    if isForPrograms, let line = try? JSONText.encode(ErrorRecord(message, hint, status)) {
      return StandardError.write(line + "\n")
    }
    let lines = message.split(separator: "\n", omittingEmptySubsequences: false)
    var text = lines.reduce(into: "") { $0 += "popsec: \(harmless(String($1)))\n" }
    if let hint { text += "hint: \(harmless(hint))\n" }
    StandardError.write(text)
  }

  /// Whether the arguments ask for output for programs. They are read as they were typed, because an error may be about
  /// the arguments themselves.
  private var isForPrograms: Bool {
    let options = arguments.prefix { $0 != "--" }
    return options.contains("--json")
      || zip(options, options.dropFirst() + [""]).contains { option, next in
        let format: Substring
        if option == "-o" || option == Self.formatOption {
          format = next[...]
        } else if option.hasPrefix(Self.formatOption + "=") {
          format = option.dropFirst(Self.formatOption.count + 1)
        } else if option.hasPrefix("-o"), !option.hasPrefix("--") {
          format = option.dropFirst(2).drop { $0 == "=" }
        } else {
          return false
        }
        return OutputFormat(rawValue: String(format))?.isForPrograms ?? false
      }
  }

  private static let formatOption = "--output-format"

  /// The message, without a long text that somebody typed.
  private func shortened(_ message: String) -> String {
    arguments.reduce(message) { message, argument in
      argument.utf8.count <= 60
        ? message : message.replacingOccurrences(of: argument, with: excerpt(argument))
    }
  }
}

/// The name of an exit status. It never changes.
struct ErrorCode: RecordValue {
  let status: ExitStatus

  static var schema: JSONSchema { .words(ExitStatus.allCases.map { "\($0)" }) }

  func encode(to encoder: any Encoder) throws {
    var container = encoder.singleValueContainer()
    try container.encode("\(status)")
  }
}

/// An error for programs.
struct ErrorRecord: PrintedObject {
  struct Content: PrintedObject {
    let code: ErrorCode
    let message: String
    let hint: String?
    let exitStatus: Int32

    static let columns: [Column<Self>] = [
      .data("code") { $0.code },
      .data("message") { $0.message },
      .data("hint") { $0.hint },
      .data("exitStatus") { $0.exitStatus },
    ]
  }

  let error: Content

  static let columns: [Column<Self>] = [
    .data("error") { $0.error }
  ]

  init(_ message: String, _ hint: String?, _ status: ExitStatus) {
    error = Content(
      code: ErrorCode(status: status), message: message, hint: hint, exitStatus: status.rawValue)
  }
}

/// The beginning of a text that a person typed, for a message, in at most 40 cells. A text that holds a Token
/// ID isn't repeated.
func excerpt(_ text: String) -> String {
  // The prefix prevents that a text of megabytes is measured as a whole.
  let beginning = String(text.unicodeScalars.prefix(200))
  return TokenID.isContained(in: beginning) ? "(a Token ID)" : fit(beginning, columns: 40)
}

/// A text in which a terminal finds nothing to obey.
func harmless(_ text: String) -> String {
  // Most texts are ASCII, and are harmless already.
  if text.utf8.allSatisfy({ $0 >= 0x20 && $0 < 0x7F }) { return text }
  return Glyphs(text).reduce(into: "") { $0 += $1.text }
}

/// The system's words for an errno, in lower case.
func systemReason(_ code: Int32) -> String { String(cString: strerror(code)).lowercasingFirst }
