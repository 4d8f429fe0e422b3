import Foundation

/// A program of the system that popsec asks something. It is never run for people who came over SSH.
enum SystemProgram {
  /// The output of the program; nil where the program failed.
  static func output(_ path: String, _ arguments: [String]) -> String? {
    let (status, text) = run(path, arguments)
    return status == 0 ? text : nil
  }

  /// Runs a command as an account, in the surroundings that sshd and systemd give it: the home is the account's.
  static func run(_ command: [String], as account: String) -> (status: Int32, text: String) {
    let home = getpwnam(account).map { String(cString: $0.pointee.pw_dir) } ?? "/"
    return run("/usr/sbin/runuser", ["-u", account, "--", "/usr/bin/env", "HOME=" + home] + command)
  }

  /// The exit status of the program, and what it printed on both outputs.
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
