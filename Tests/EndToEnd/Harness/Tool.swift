import Foundation

/// A program that some tests need and not every machine has.
enum Tool: String {
  case tmux = "/usr/bin/tmux"
  case screen = "/usr/bin/screen"
  case xterm = "/usr/bin/xterm"
  case xvfb = "/usr/bin/Xvfb"
  case xclip = "/usr/bin/xclip"
  case bash = "/bin/bash"
  case sshd = "/usr/sbin/sshd"
  case ssh = "/usr/bin/ssh"
  case sshKeygen = "/usr/bin/ssh-keygen"
  case runuser = "/usr/sbin/runuser"
  case unshare = "/usr/bin/unshare"
  case mkfs = "/usr/sbin/mkfs.ext4"
  case curl = "/usr/bin/curl"
  case nginx = "/usr/sbin/nginx"
  case caddy = "/usr/bin/caddy"
  case haproxy = "/usr/sbin/haproxy"
  case apache = "/usr/sbin/apache2"
  case openssl = "/usr/bin/openssl"
  case chromium = "/usr/bin/chromium"
  case socketActivate = "/usr/bin/systemd-socket-activate"
  case sysusers = "/usr/bin/systemd-sysusers"
  case ip = "/usr/sbin/ip"
  /// Debian's, with its packages: never another one on the path.
  case python = "/usr/bin/python3"

  var path: String { rawValue }
  var isThere: Bool { FileManager.default.isExecutableFile(atPath: path) }
}
