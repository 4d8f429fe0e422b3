extension Setting {
  /// Whether the setting decides when a second person must agree.
  package var isDual: Bool {
    switch self {
    case .dualAdministrator, .dualRemovals, .dualApply, .dualExport, .dualArchive, .dualLaws,
      .dualHours:
      true
    default: false
    }
  }

  /// Whether the change of the setting lets one person do more alone, or gives more time after another
  /// agreed.
  package func relaxes(from before: SettingValue, to after: SettingValue) -> Bool {
    switch (self, before, after) {
    case (.dualHours, .number(let before), .number(let after)): after > before
    case (.dualRemovals, .number(let before), .number(let after)):
      before > 0 && (after == 0 || after > before)
    case (_, .flag(true), .flag(false)): isDual
    default: false
    }
  }
}
