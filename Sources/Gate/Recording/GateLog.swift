private import Access
private import Administration

/// The gate's log on standard error, a JSON object in each line. The log holds nothing of a request except
/// what is named here.
package struct GateLog: Sendable {
  package enum Level: String, Sendable { case info, error }

  private let emit: @Sendable (String) -> Void
  private let now: @Sendable () -> String

  private let lost: @Sendable () -> Int

  /// - Parameter lost: counts the lines that could not be written.
  package init(
    now: @escaping @Sendable () -> String, lost: @escaping @Sendable () -> Int = { 0 },
    emit: @escaping @Sendable (String) -> Void
  ) {
    self.now = now
    self.lost = lost
    self.emit = emit
  }

  package static let none = GateLog(now: { "" }, emit: { _ in })

  var lostLineCount: Int { lost() }

  package func write(_ level: Level, _ message: String, _ fields: [String: String] = [:]) {
    var all = fields
    all["time"] = now()
    all["level"] = level.rawValue
    all["message"] = message
    guard let line = try? JSONText.encode(all) else { return }
    emit(line)
  }

  /// Tells that something failed, and why.
  func fail(_ message: String, _ error: any Error, _ fields: [String: String] = [:]) {
    let reason = ["error": (error as? any Complaint)?.message ?? "\(error)"]
    write(.error, message, fields.merging(reason) { $1 })
  }
}
