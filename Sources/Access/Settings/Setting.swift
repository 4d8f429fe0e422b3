/// What an administrator may set. This is the one list of settings.
package enum Setting: String, Codable, Hashable, Sendable, CaseIterable {
  case idleLockMinutes = "idle.lockMinutes"
  case idleEndMinutes = "idle.endMinutes"
  case recordingSafe = "recordingSafe"
  case sshHost = "sshHost"
  case deletedKeptDays = "deleted.keptDays"
  case dualAdministrator = "dual.administrator"
  case dualRemovals = "dual.removals"
  case dualApply = "dual.apply"
  case dualExport = "dual.export"
  case dualArchive = "dual.archive"
  case dualLaws = "dual.laws"
  case dualHours = "dual.hours"
  case gateLease = "gate.lease"
  case gateStale = "gate.stale"
  case gateRatesTogether = "gate.ratesTogether"
  case noticesDenials = "notices.denials"
  case noticesDenialMinutes = "notices.denialMinutes"
  case noticesNetworks = "notices.networks"

  /// The key by which commands and the store name the setting.
  package var key: String { rawValue }

  /// The kind of value that a setting takes.
  package enum Kind: Hashable, Sendable {
    /// A whole number of the unit, whose name is a plural in s. `zero` tells what 0 means where it is not a
    /// number.
    case number(ClosedRange<Int>, unit: String, zero: String?)
    case flag
    /// The name or address of a machine. An empty value means the machine on which popsec runs.
    case host
  }

  package var kind: Kind {
    switch self {
    case .idleLockMinutes, .idleEndMinutes: .number(0...1_440, unit: "minutes", zero: "never")
    case .deletedKeptDays: .number(1...3_650, unit: "days", zero: nil)
    case .dualRemovals: .number(0...100_000, unit: "removals", zero: "never")
    case .dualHours: .number(1...720, unit: "hours", zero: nil)
    case .gateLease: .number(1...60, unit: "seconds", zero: nil)
    case .gateStale: .number(0...3_600, unit: "seconds", zero: "never")
    case .noticesDenials: .number(0...100_000, unit: "denials", zero: "never")
    case .noticesDenialMinutes: .number(1...1_440, unit: "minutes", zero: nil)
    case .noticesNetworks: .number(0...UsedNetwork.maximumCount, unit: "networks", zero: "never")
    case .sshHost: .host
    case .recordingSafe, .dualAdministrator, .dualApply, .dualExport, .dualArchive, .dualLaws,
      .gateRatesTogether:
      .flag
    }
  }

  /// The default, which is in effect where nothing was set.
  package var standard: SettingValue {
    switch self {
    case .idleLockMinutes: .number(10)
    case .idleEndMinutes: .number(60)
    case .sshHost: .text("")
    case .deletedKeptDays: .number(30)
    case .recordingSafe, .dualAdministrator, .dualApply, .dualExport, .dualArchive, .dualLaws,
      .gateRatesTogether:
      .flag(false)
    case .dualRemovals: .number(0)
    case .dualHours: .number(24)
    case .gateLease: .number(5)
    case .gateStale: .number(0)
    case .noticesDenials: .number(20)
    case .noticesDenialMinutes: .number(10)
    case .noticesNetworks: .number(8)
    }
  }

  /// What the setting does, in a few words.
  package var meaning: String {
    switch self {
    case .idleLockMinutes: "without a key for so long, a console is locked"
    case .idleEndMinutes: "locked for so long, a console is left"
    case .recordingSafe: "no console shows or copies a Token ID"
    case .deletedKeptDays: "for so long what is deleted can be restored"
    case .dualAdministrator: "whoever becomes Administrator, a second person agrees to"
    case .dualRemovals: "to so many deleted or revoked at once, or more, a second person agrees"
    case .dualApply: "to applying a security file, a second person agrees"
    case .dualExport: "to exporting a security file, a second person agrees"
    case .dualArchive: "to archiving the audit log, a second person agrees"
    case .dualLaws: "to changing or removing a law, a second person agrees"
    case .dualHours: "for so long it waits for a second person, or for whoever asked"
    case .gateLease: "for so long a gate trusts a database that was heard of last"
    case .gateStale: "for so long a gate answers by what it knew, without its database"
    case .gateRatesTogether: "the rate of a token counts over all gates, not for each"
    case .noticesDenials: "of so many denials of one token a notice tells"
    case .noticesDenialMinutes: "within so long they are counted for that notice"
    case .noticesNetworks: "a notice tells of each new network of a token up to so many, the first apart"
    case .sshHost: "the machine in the ssh commands that consoles show"
    }
  }

  /// Whether the setting can be set for one user as well. Then the stricter of the two values is in effect.
  package var isPerUser: Bool { self == .recordingSafe }

  /// The values that the setting takes, in words.
  package var bounds: String {
    switch kind {
    case .number(let range, let unit, let zero):
      "\(range.lowerBound) to \(range.upperBound) \(unit)" + (zero.map { "; 0: \($0)" } ?? "")
    case .flag: "on or off"
    case .host: "the name or address of a machine"
    }
  }

  /// The value as people read it, with its unit.
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
