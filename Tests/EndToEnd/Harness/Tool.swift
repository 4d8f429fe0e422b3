import Foundation

/// A program that some tests need and not every machine has.
enum Tool: String {
  case tmux = "/usr/bin/tmux"
  case screen = "/usr/bin/screen"
  case bash = "/bin/bash"
  case sshd = "/usr/sbin/sshd"
  case ssh = "/usr/bin/ssh"
  case sshKeygen = "/usr/bin/ssh-keygen"

  var path: String { rawValue }
  var isThere: Bool { FileManager.default.isExecutableFile(atPath: path) }
}
