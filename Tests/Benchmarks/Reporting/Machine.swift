import Foundation

/// The machine of the measurement, and its other load.
enum Machine {
  static var description: String {
    let model = field("model name", of: "/proc/cpuinfo") ?? "unknown processor"
    let cores = ProcessInfo.processInfo.processorCount
    return "\(model), \(cores) cores, \(ProcessInfo.processInfo.operatingSystemVersionString)"
  }

  /// The average number of processes that ran or waited for a processor in the last minute.
  static var load: String {
    let text = (try? String(contentsOfFile: "/proc/loadavg", encoding: .utf8)) ?? ""
    return text.split(separator: " ").first.map(String.init) ?? "unknown"
  }

  static var day: String { String(Date.now.ISO8601Format().prefix(10)) }

  private static func field(_ name: String, of file: String) -> String? {
    let text = (try? String(contentsOfFile: file, encoding: .utf8)) ?? ""
    let line = text.split(separator: "\n").first { $0.hasPrefix(name) }
    return line?.split(separator: ":").last.map { $0.trimmingCharacters(in: .whitespaces) }
  }
}
