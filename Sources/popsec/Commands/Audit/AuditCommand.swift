import ArgumentParser

struct AuditCommand: ParsableCommand {
  static let configuration = CommandConfiguration(
    commandName: "audit", abstract: "The audit log: who did what, and whether anybody altered it.",
    subcommands: [
      AuditList.self, AuditShow.self, AuditVerify.self, AuditExport.self, AuditArchive.self, AuditSign.self,
    ])
}
