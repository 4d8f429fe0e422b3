import Access
import ArgumentParser

/// A name that is offered to a shell.
enum CompletionCandidate {
  /// The text that a shell reads as this name; nil for a name that can't be offered.
  ///
  /// ArgumentParser's scripts pass candidates on as they are. bash then expands each like a word of a command, so that
  /// `$(…)` in a name would be run. zsh takes what follows a colon for a description.
  static func text(_ name: String, for shell: CompletionShell?) -> String? {
    // Candidates stand one a line, and shells show them on the terminal.
    guard !name.isEmpty, harmless(name) == name else { return nil }
    switch shell {
    case .bash:
      // readline doesn't quote these in every place, so that running the completed line could run what is in a name.
      if name.contains("$") || name.contains("`") { return nil }
      return name.unicodeScalars.reduce(into: "") { $0 += escapedForBash($1) }
    case .zsh: return name.replacing("\\", with: "\\\\").replacing(":", with: "\\:")
    default: return name
    }
  }

  private static func escapedForBash(_ scalar: Unicode.Scalar) -> String {
    let isPlain =
      !scalar.isASCII || scalar.properties.isAlphabetic || ("0"..."9").contains(scalar)
      || "_-+./:=,@%".unicodeScalars.contains(scalar)
    return (isPlain ? "" : "\\") + String(scalar)
  }
}
