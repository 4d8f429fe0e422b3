import ArgumentParser

/// What a shell's completion script asks: ArgumentParser calls it `---completion`.
enum ShellCompletion {
  static func isAsked(_ arguments: [String]) -> Bool { arguments.first == "---completion" }

  /// Prints the names that fit. Nothing that goes wrong is told, because a person is in the middle of typing, and the
  /// words may hold anything.
  static func answer(_ arguments: [String]) -> ExitCode {
    do {
      _ = try Popsec.parseAsRoot(arguments)
    } catch  where Popsec.exitCode(for: error).isSuccess {
      let output = Output.standard()
      // The candidates are harmless, and zsh needs the blank in the last line.
      try? output.encoded(line: Popsec.fullMessage(for: error))
      try? output.flush()
    } catch {}
    return .success
  }
}
