import Foundation

/// A program of the system that is asked something. Never for those who came over SSH.
enum SystemProgram {
  /// What it printed; nil where it failed.
  static func output(_ path: String, _ arguments: [String]) -> String? {
    let (status, text) = run(path, arguments)
    return status == 0 ? text : nil
  }

  /// How it ended, and what it printed on both outputs.
  static func run(_ path: String, _ arguments: [String]) -> (status: Int32, text: String) {
    guard !Caller.current.isRemote else { return (-1, "") }
    let process = Process()
    let pipe = Pipe()
    process.executableURL = URL(fileURLWithPath: path)
    process.arguments = arguments
    process.standardInput = FileHandle.nullDevice
    process.standardOutput = pipe
    process.standardError = pipe
    guard (try? process.run()) != nil else { return (-1, "") }
    let data = pipe.fileHandleForReading.readDataToEndOfFile()
    process.waitUntilExit()
    return (process.terminationStatus, String(decoding: data, as: UTF8.self))
  }
}
