private import Access
package import Administration

extension ConsoleRules {
  /// The rules by the operator's settings. Recording-safe mode also applies where only this console was
  /// started with it.
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
