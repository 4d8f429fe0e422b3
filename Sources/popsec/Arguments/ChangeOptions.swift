import ArgumentParser

/// Whether a change is only tried, and whether a person is asked before the change is made.
struct ChangeOptions: ParsableArguments {
  @Flag(help: "Tell what would be done, and do nothing.")
  var dryRun = false

  @Flag(help: "Don't ask.")
  var yes = false
}
