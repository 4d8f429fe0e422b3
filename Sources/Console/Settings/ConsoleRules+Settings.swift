private import Access
package import Administration

extension ConsoleRules {
  /// As it is set for whoever acts; in recording-safe mode also where only this console was started so.
  ///
  /// Errors: those of ``Administration/settings()``.
  package init(_ administration: Administration) throws {
    let settings = try administration.settings()
    self.init(
      lockAfterMilliseconds: settings.lockAfterMinutes.map { $0 * 60_000 },
      endAfterMilliseconds: settings.endAfterMinutes.map { $0 * 60_000 },
      isRecordingSafe: administration.isRecordingSafe)
  }
}
