import Access

/// Standard output could not be written. A change that was made before stays made.
protocol LostOutput: Error {
  /// The reason, in a form for the middle of a sentence.
  var reason: String { get }
}

/// Nobody reads standard output any more.
struct ClosedPipe: LostOutput {
  var reason: String { "nobody reads it" }
}

/// The disk under the output is full, or the device fails.
struct OutputProblem: LostOutput, Complaint {
  let reason: String

  var message: String { "the output can't be written: \(reason)" }
  var hint: String? { nil }
  var exitStatus: ExitStatus { .inputOutput }
}

extension Trouble {
  /// The error with which a command ends that changed something and lost its output.
  init(changedWithout output: any LostOutput) {
    self.init(
      "the change was made, but the output can't be written: \(output.reason)",
      hint: "look at what there is now, and don't do it again", exitStatus: .inputOutput)
  }
}

/// Records whether a command has changed something.
final class ChangeMark {
  var isMade = false
}
