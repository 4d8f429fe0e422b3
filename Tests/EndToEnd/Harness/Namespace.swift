import Foundation

/// Mounts that nobody else sees (mount_namespaces(7)).
enum Namespace {
  /// Why there are none; nil where there are.
  static let obstacle: String? = {
    guard getuid() == 0, Tool.unshare.isThere else { return "mounting takes root" }
    let tried = try? TeamAccounts.run(command("mount -t tmpfs none /mnt"))
    return tried == 0 ? nil : "nothing can be mounted here"
  }()

  /// Why no file system of another kind can be made and mounted; nil where one can.
  static let fileSystemObstacle: String? = {
    if let obstacle { return obstacle }
    guard Tool.mkfs.isThere else { return "there is no \(Tool.mkfs.path)" }
    let script = """
      image=$(mktemp); trap 'rm -f "$image"' EXIT; truncate -s 1M "$image"
      \(Tool.mkfs.path) -q "$image"; mount -o loop "$image" /mnt; umount /mnt
      """
    let tried = try? TeamAccounts.run(command(script))
    return tried == 0 ? nil : "no file can be mounted here"
  }()

  /// A shell in a namespace of its own, in which a script runs.
  static func command(_ script: String) -> [String] { [Tool.unshare.path, "-m", "/bin/sh", "-ec", script] }
}
