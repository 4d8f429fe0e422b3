import Access
import Foundation
import Sealing

/// Checks one of the accounts on which users log in.
struct ServiceAccountCheck {
  let service: ServiceAccount
  let location: StoreLocation

  private var subject: String { "account \(service.rawValue)" }

  var check: HealthCheck {
    guard let entry = getpwnam(service.rawValue) else { return .bad(subject, "is missing", making) }
    let (shell, home) = (String(cString: entry.pointee.pw_shell), String(cString: entry.pointee.pw_dir))
    let (user, group) = (entry.pointee.pw_uid, entry.pointee.pw_gid)
    guard user != 0 else { return .bad(subject, "is root", "make another: \(making)") }
    // sshd runs its commands by the account's shell. Other shells than sh read files in the home folder
    // first.
    guard shell == "/bin/sh" else {
      return .bad(
        subject, "has the shell \(shell); sshd is to start popsec by /bin/sh",
        "usermod --shell /bin/sh \(service.rawValue); it is never handed to anybody")
    }
    if let place = Self.othersPlace(in: home) {
      return .bad(
        subject,
        "has the home \(home), and others than root could change \(place): what the system reads there "
          + "when somebody signs in would be theirs", "usermod --home / \(service.rawValue)")
    }
    guard service == .owner || Self.isMember(service, group) else {
      return .bad(subject, "is not of the group popsec", "usermod --gid popsec \(service.rawValue)")
    }
    return readsSealKey ?? .good(subject, "is there, with nothing of its own")
  }

  private var making: String {
    "groupadd --system --force popsec; useradd --system --gid popsec --no-create-home --home-dir / "
      + "--shell /bin/sh --password '*' \(service.rawValue)"
  }

  /// The check that the account of support staff can't read the key that reveals Token IDs.
  private var readsSealKey: HealthCheck? {
    var status = stat()
    guard service == .support, stat(location.keys.file(.seal), &status) == 0 else { return nil }
    let owner = getpwnam(service.rawValue)?.pointee.pw_uid
    guard status.st_uid == owner || status.st_mode & 0o077 != 0 else { return nil }
    return .bad(subject, "could read the seal key", "chmod 0600 \(location.keys.file(.seal))")
  }

  private static func isMember(_ service: ServiceAccount, _ primary: gid_t) -> Bool {
    guard let group = getgrnam(ServiceAccount.owner.rawValue) else { return false }
    guard group.pointee.gr_gid != primary else { return true }
    var next = group.pointee.gr_mem
    while let name = next?.pointee {
      if String(cString: name) == service.rawValue { return true }
      next = next?.advanced(by: 1)
    }
    return false
  }

  /// The home folder, or a folder above it, in which an account other than root may create files; nil where
  /// there is none. A missing folder belongs to nobody.
  private static func othersPlace(in home: String) -> String? {
    var path = home
    while true {
      var status = stat()
      if stat(path, &status) == 0, status.st_uid != 0 || status.st_mode & 0o022 != 0 { return path }
      if path == "/" || path.isEmpty { return nil }
      path = (path as NSString).deletingLastPathComponent
    }
  }
}
