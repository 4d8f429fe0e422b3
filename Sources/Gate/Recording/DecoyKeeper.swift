private import Access
package import Sealing

/// Looks every second whether the file of decoys changed, so that a gate recognizes a decoy soon after it was made.
/// Where the file can't be read, the gate goes on recognizing those that it knows, and its log says so.
package final class DecoyKeeper {
  private let work: RegularWork

  /// What was seen, which after the first look only the regular work uses.
  private final class State: @unchecked Sendable {
    let folder: KeyFolder
    let decoys: KnownDecoys
    let log: GateLog
    var seen: DecoyStamp??
    var trouble: DecoyTrouble?
    var knows = false

    init(_ folder: KeyFolder, _ decoys: KnownDecoys, _ log: GateLog) {
      (self.folder, self.decoys, self.log) = (folder, decoys, log)
    }

    func look() {
      let stamp = folder.decoyStamp
      // A file that could not be read may be readable now, although it is the same.
      guard seen != .some(stamp) || trouble != nil else { return }
      seen = .some(stamp)
      do {
        decoys.set(try folder.decoys())
        if trouble != nil { log.write(.info, "decoys are recognized again") }
        (trouble, knows) = (nil, true)
      } catch {
        if error != trouble { say(error) }
        trouble = error
      }
    }

    private func say(_ trouble: DecoyTrouble) {
      let rest = knows ? "those that were known are recognized" : "no decoy is recognized"
      var level = GateLog.Level.error
      // A store that was made before there were decoys has no such file.
      if case .missing = trouble, !knows { level = .info }
      log.write(level, "\(trouble.message): \(rest)", ["hint": trouble.hint ?? ""])
    }
  }

  /// Looks once, and returns.
  package init(_ folder: KeyFolder, sets decoys: KnownDecoys, log: GateLog) {
    let state = State(folder, decoys, log)
    state.look()
    work = RegularWork("popsec.decoys", every: .seconds(1), startsNow: false) { state.look() }
  }

  package func stop() { work.stop() }
}
