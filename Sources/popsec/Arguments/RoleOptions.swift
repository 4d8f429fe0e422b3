import Access
import Administration
import ArgumentParser
import Store

/// The system roles that a subject is given, and those that are taken away.
struct RoleOptions: ParsableArguments {
  @Option(
    help: ArgumentHelp("A role to give; may be given again.", valueName: "name"), completion: .names(.roles))
  var add: [String] = []

  @Option(
    help: ArgumentHelp("A role to take away; may be given again.", valueName: "name"),
    completion: .names(.roles))
  var remove: [String] = []

  @OptionGroup var bounds: BoundsOptions

  func validate() throws {
    if add.isEmpty, remove.isEmpty { throw ValidationError("name a role with --add or --remove") }
    if add.isEmpty, !bounds.isEmpty { throw ValidationError("--from and --until are for --add") }
  }

  /// Gives the roles to a subject, and takes the others away.
  ///
  /// - Parameter bounds: the bounds of the roles that are given; nil lets a role that is held keep its bounds.
  func save(of subject: SubjectID, _ bounds: Bounds?, _ change: Change) throws {
    let was = try change.reader.roles(of: subject)
    var becomes = was
    for name in remove { becomes[try change.finder.role(name)] = nil }
    for name in add {
      let role = try change.finder.role(name)
      becomes[role] = bounds ?? was[role] ?? .always
    }
    try change.saveRoles(of: subject, bounded: Edit(was: was, becomes: becomes))
  }
}
