import Access
import Administration
import ArgumentParser
import Store

struct GateAcceptRollback: ParsableCommand {
  static let configuration = CommandConfiguration(
    commandName: "accept-rollback", abstract: "Confirm that you have examined a store that went back.",
    discussion: """
      A gate keeps beside the store how far its audit log went. Where the store is behind that, as after a crash or \
      where an old copy was put in its place, changes are lost, and revocations may be among them: the gate lets \
      nothing through. Look at what is missing and do it again; then this has gates decide by the store as it is. \
      It is recorded in the audit log.

      Examples:
        popsec gate accept-rollback
        popsec gate accept-rollback --yes
      """)

  @OptionGroup var global: GlobalOptions

  @Flag(help: "Don't ask.")
  var yes = false

  func run() throws {
    try Caller.current.requireLocal("this")
    let location = try global.location()
    try global.run { session in
      guard case .wentBack(let kept, let present) = try session.administration.rollback() else {
        return try session.tell(
          AcceptedRecord(accepted: false, keptRow: nil, presentRow: nil), "the store did not go back")
      }
      let standing = StoreStanding.wentBack(kept: kept.head, present: present)
      Asking.say("note: \(standing.message ?? "")")
      try Asking.confirm("have gates decide by the store as it is", "row \(present.sequence)", yes: yes)
      _ = try session.administration.acceptRollback {
        try Engine.openUses(location, now: session.administration.now)
      }
      try session.tell(
        AcceptedRecord(accepted: true, keptRow: kept.head.sequence, presentRow: present.sequence),
        "accepted: gates decide by the store as it is, from row \(present.sequence) of its audit log on")
    }
  }
}

struct AcceptedRecord: PrintedObject {
  let accepted: Bool
  let keptRow: Int64?
  let presentRow: Int64?

  static let columns: [Column<Self>] = [
    .data("accepted") { $0.accepted },
    .data("keptRow") { $0.keptRow },
    .data("presentRow") { $0.presentRow },
  ]

  init(accepted: Bool, keptRow: Int64?, presentRow: Int64?) {
    self.accepted = accepted
    (self.keptRow, self.presentRow) = (keptRow, presentRow)
  }
}
