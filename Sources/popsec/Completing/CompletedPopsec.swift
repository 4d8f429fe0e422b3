import ArgumentParser

/// popsec's commands with the common options before them, as the completion scripts know them. The commands that are run
/// get these options from ``CommandPath``, because ArgumentParser would take them from behind a command, too.
struct CompletedPopsec: ParsableCommand {
  static var configuration: CommandConfiguration { Popsec.configuration }

  @OptionGroup var global: GlobalOptions
}
