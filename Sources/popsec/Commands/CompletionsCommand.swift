import ArgumentParser

struct CompletionsCommand: ParsableCommand {
  static let configuration = CommandConfiguration(
    commandName: "completions", abstract: "Print a completion script for a shell.",
    discussion: """
      For bash: popsec completions bash > ~/.local/share/bash-completion/completions/popsec

      Examples:
        popsec completions bash > ~/.local/share/bash-completion/completions/popsec
        popsec completions zsh > ~/.zfunc/_popsec
        popsec completions fish > ~/.config/fish/completions/popsec.fish
      """)

  enum Shell: String, ExpressibleByArgument, CaseIterable {
    case bash, zsh, fish

    fileprivate var kind: CompletionShell {
      switch self {
      case .bash: .bash
      case .zsh: .zsh
      case .fish: .fish
      }
    }
  }

  @Argument(help: "The shell.")
  var shell: Shell

  func run() throws {
    let output = Output.standard()
    try output.encoded(line: CompletionScript.text(for: shell.kind))
    try output.flush()
  }
}
