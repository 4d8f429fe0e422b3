import Foundation

/// The resources that a process has used so far, by /proc (proc(5)).
enum ProcessUse {
  /// VmHWM: the greatest amount of resident memory so far, including mapped files.
  static func peakMegabytes(of pid: pid_t) -> Double? {
    guard let text = try? String(contentsOfFile: "/proc/\(pid)/status", encoding: .utf8),
      let line = text.split(separator: "\n").first(where: { $0.hasPrefix("VmHWM:") }),
      let kilobytes = line.split(whereSeparator: \.isWhitespace).dropFirst().first.flatMap({ Double($0) })
    else { return nil }
    return kilobytes / 1_024
  }

  /// The processor time of all threads in milliseconds. The kernel counts in steps of 10.
  static func processorMilliseconds(of pid: pid_t) -> Double? {
    guard let text = try? String(contentsOfFile: "/proc/\(pid)/stat", encoding: .utf8),
      let close = text.lastIndex(of: ")")
    else { return nil }
    let fields = text[text.index(after: close)...].split(separator: " ")
    guard fields.count > 12, let user = Double(fields[11]), let system = Double(fields[12]) else {
      return nil
    }
    return (user + system) * 1_000 / Double(sysconf(Int32(_SC_CLK_TCK)))
  }
}
