/// What an administrator may set: the one list of settings.
package enum Setting: String, Hashable, Sendable, CaseIterable {
  case idleLockMinutes = "idle.lockMinutes"
  case idleEndMinutes = "idle.endMinutes"
  case deletedKeepDays = "deleted.keepDays"
  case recordingSafe = "recordingSafe"
  case sshHost = "sshHost"
  case dualControlGrantAdministrator = "dualControl.grantAdministrator"
  case dualControlApplyFile = "dualControl.applyFile"
  case dualControlExport = "dualControl.export"
  case dualControlArchive = "dualControl.archive"
  case dualControlBulkOver = "dualControl.bulkOver"
  case dualControlExpireHours = "dualControl.expireHours"

  /// By which it is named in commands and in the store.
  package var key: String { rawValue }

  /// What values it has.
  package enum Kind: Hashable, Sendable {
    /// A whole number of that unit, whose name is a plural in s. `zero` is what 0 means, where it is no number of them.
    case number(ClosedRange<Int>, unit: String, zero: String?)
    case flag
    /// The name or address of a machine; empty: that of the machine that popsec runs on.
    case host
  }

  package var kind: Kind {
    switch self {
    case .idleLockMinutes, .idleEndMinutes: .number(0...1_440, unit: "minutes", zero: "never")
    case .deletedKeepDays: .number(1...3_650, unit: "days", zero: nil)
    case .sshHost: .host
    case .dualControlBulkOver: .number(0...1_000_000, unit: "targets", zero: "off")
    case .dualControlExpireHours: .number(1...720, unit: "hours", zero: nil)
    case .recordingSafe, .dualControlGrantAdministrator, .dualControlApplyFile, .dualControlExport,
      .dualControlArchive:
      .flag
    }
  }

  /// What counts where nothing was set.
  package var standard: SettingValue {
    switch self {
    case .idleLockMinutes: .number(10)
    case .idleEndMinutes: .number(60)
    case .deletedKeepDays: .number(30)
    case .sshHost: .text("")
    case .dualControlBulkOver: .number(0)
    case .dualControlExpireHours: .number(72)
    case .recordingSafe, .dualControlGrantAdministrator, .dualControlApplyFile, .dualControlExport,
      .dualControlArchive:
      .flag(false)
    }
  }

  /// What it does, in a few words.
  package var meaning: String {
    switch self {
    case .idleLockMinutes: "without a key for so long, a console is locked"
    case .idleEndMinutes: "locked for so long, a console is left"
    case .deletedKeepDays: "what is deleted can be restored for so long"
    case .recordingSafe: "no console shows or copies a Token ID"
    case .sshHost: "the machine in the ssh commands that consoles show"
    case .dualControlGrantAdministrator: "two people are needed to give Administrator"
    case .dualControlApplyFile: "two people are needed to apply a file"
    case .dualControlExport: "two people are needed to export"
    case .dualControlArchive: "two people are needed to archive the audit log"
    case .dualControlBulkOver: "two people are needed to delete or revoke more than so many"
    case .dualControlExpireHours: "what waits for a second person is dropped after so long"
    }
  }

  /// Whether it can be set for one user, too; then the stricter of both counts.
  package var isPerUser: Bool { self == .recordingSafe }

  /// What values it takes, in words.
  package var bounds: String {
    switch kind {
    case .number(let range, let unit, let zero):
      "\(range.lowerBound) to \(range.upperBound) \(unit)" + (zero.map { "; 0: \($0)" } ?? "")
    case .flag: "on or off"
    case .host: "the name or address of a machine"
    }
  }

  /// A value as people read it, with its unit.
  package func words(_ value: SettingValue) -> String {
    switch (kind, value) {
    case (.number(_, _, let zero?), .number(0)): zero
    case (.number(_, let unit, _), .number(1)): "1 \(unit.dropLast())"
    case (.number(_, let unit, _), .number(let number)): "\(number) \(unit)"
    case (.host, .text("")): "this machine's name"
    default: value.text
    }
  }
}
