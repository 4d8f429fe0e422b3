import Foundation

/// What /proc tells of processes.
enum Processes {
  struct Process {
    let pid: pid_t
    let parent: pid_t
    let name: String
    /// As in proc(5): `R`, `S`, `T` stopped, `Z` ended but not waited for.
    let state: Character
    /// In clock ticks.
    let time: Int
  }

  static func process(_ pid: pid_t) -> Process? {
    guard let text = try? String(contentsOfFile: "/proc/\(pid)/stat", encoding: .utf8),
      let open = text.firstIndex(of: "("), let close = text.lastIndex(of: ")")
    else { return nil }
    let fields = text[text.index(after: close)...].split(separator: " ")
    guard fields.count > 12, let state = fields[0].first, let parent = pid_t(fields[1]) else { return nil }
    return Process(
      pid: pid, parent: parent, name: String(text[text.index(after: open)..<close]), state: state,
      time: (Int(fields[11]) ?? 0) + (Int(fields[12]) ?? 0))
  }

  static func all() -> [Process] {
    let names = (try? FileManager.default.contentsOfDirectory(atPath: "/proc")) ?? []
    return names.compactMap { pid_t($0) }.compactMap { process($0) }
  }

  /// The children of a process, theirs, and so on.
  static func below(_ parent: pid_t) -> [pid_t] {
    let all = all()
    var found: [pid_t] = []
    var next = [parent]
    while let pid = next.popLast() {
      let children = all.filter { $0.parent == pid }.map(\.pid)
      found += children
      next += children
    }
    return found
  }

  /// Whether it runs or could run again.
  static func isAlive(_ pid: pid_t) -> Bool {
    process(pid).map { $0.state != "Z" && $0.state != "X" } ?? false
  }
}
