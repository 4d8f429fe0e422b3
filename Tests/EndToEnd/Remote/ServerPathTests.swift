import Foundation
import Testing

/// The commands of `Resources/docs/server.md`, run as they stand there on a copy of this machine that forgets all
/// that is done to it: its files are an overlay, its processes and its network are its own.
private enum ServerPath {
  static let repository = URL(fileURLWithPath: #filePath).deletingLastPathComponent()
    .deletingLastPathComponent().deletingLastPathComponent().deletingLastPathComponent()

  /// Why it can't be followed here; nil where it can.
  static let obstacle: String? = {
    if let obstacle = Namespace.obstacle { return obstacle }
    for tool in [Tool.sshd, .ssh, .sshKeygen, .runuser, .nginx, .openssl, .curl, .ip] where !tool.isThere {
      return "there is no \(tool.path)"
    }
    let overlay = "mount -t tmpfs none /mnt; mkdir /mnt/u /mnt/w /mnt/m; \(mountOverlay)"
    return (try? TeamAccounts.run(Namespace.command(overlay))) == 0 ? nil : "no overlay can be mounted here"
  }()

  static let mountOverlay = "mount -t overlay overlay -o lowerdir=/,upperdir=/mnt/u,workdir=/mnt/w /mnt/m"

  /// The blocks of commands, in their order; those for a machine with systemd, and those that mend, are left out.
  static func blocks() throws -> [String] {
    let text = try String(
      contentsOf: repository.appendingPathComponent("Resources/docs/server.md"), encoding: .utf8)
    return text.matches(of: #/(?s)\n```sh\n(.*?)```/#).map { String($0.output.1) }
  }

  /// A machine on which nothing was done yet, and at home the keys of three people.
  static let bareMachine = """
    set -e
    mount -t tmpfs none /mnt; mkdir /mnt/u /mnt/w /mnt/m
    \(mountOverlay)
    mount -t proc proc /mnt/m/proc; mount --rbind /dev /mnt/m/dev; mount -t tmpfs none /mnt/m/run
    mkdir /mnt/m/run/sshd; ip link set lo up
    exec chroot /mnt/m /bin/bash /server-path
    """

  static func script(_ blocks: [String]) -> String {
    """
    set -e
    export HOME=/root TERM=xterm DEBIAN_FRONTEND=noninteractive PATH=/usr/local/sbin:/usr/local/bin:/usr/sbin:/usr/bin:/sbin:/bin
    unset POPSEC_STORE LD_LIBRARY_PATH
    cd \(repository.path)
    for account in popsec-gate popsec-support popsec; do userdel $account 2> /dev/null || true; done
    groupdel popsec 2> /dev/null || true
    rm -rf /var/lib/popsec /root/.ssh /etc/ssh/sshd_config.d/* /etc/nginx/conf.d/* /etc/nginx/sites-enabled/*
    install -m 0755 \(TestStore.program) /usr/local/bin/popsec
    mkdir -p -m 0700 /root/.ssh; echo 127.0.0.1 host >> /etc/hosts
    for name in id_ed25519 otto sue; do ssh-keygen -q -t ed25519 -N '' -f /root/.ssh/$name; done
    # sshd goes into the background before it listens.
    printf 'ConnectionAttempts 60\\nStrictHostKeyChecking no\\nLogLevel ERROR\\n' > /root/.ssh/config
    cp /root/.ssh/*.pub .
    echo "ada $(cat id_ed25519.pub)"
    \(blocks.joined(separator: "\n"))
    """
  }

  /// What is seen once all is there.
  static let trial = """

    page() { printf 'url = "https://portal.example.com/mx/sales?token=%s"\\n' "$1" \
      | curl -sk -m 10 -o /dev/null -w '%{http_code}' -K -; }
    for i in $(seq 100); do test -S /run/popsec-gate/gate.sock && break; sleep 0.1; done
    secret=$(ssh popsec@host "token reveal 'Portal Mexico' portal")
    echo "open $(page "$secret") closed $(page none)"
    ssh popsec@host "token revoke 'Portal Mexico' portal --yes" > /dev/null
    echo "revoked $(page "$secret")"
    ssh -i /root/.ssh/otto popsec@host "token list 'Portal Mexico'" > /dev/null && echo "Otto came in"
    ssh -o IdentitiesOnly=yes -i /root/.ssh/sue popsec-support@host "token list 'Portal Mexico'" > /dev/null && echo "Sue came in"
    ssh -o IdentitiesOnly=yes -i /root/.ssh/sue popsec-support@host doctor > /dev/null 2>&1 || echo "Sue's doctor $?"
    popsec doctor > /tmp/doctor || cat /tmp/doctor
    grep -c '^BAD' /tmp/doctor || true
    echo "all was tried"
    """
}

extension EndToEnd.Team {
  @Test(
    "the server's page leads from a bare machine to three people and a widget behind nginx",
    .enabled(if: ServerPath.obstacle == nil, "\(ServerPath.obstacle ?? "")"))
  func serverPath() throws {
    try onStore(.nothing, mayReveal: true) { store in
      // The first block builds the program, which is there already.
      let blocks = try ServerPath.blocks().filter { !$0.contains("build-program.sh") }
      #expect(blocks.count == 6)
      let file = try store.file("server-path", ServerPath.script(blocks) + ServerPath.trial)
      let begin = ServerPath.bareMachine.replacing(
        "exec chroot", with: "cp \(file) /mnt/m/server-path; exec chroot")
      let person = try store.person(
        [
          Tool.unshare.path, "--mount", "--net", "--pid", "--fork", "--kill-child", "/bin/sh", "-c", begin,
        ], columns: 200, rows: 100)
      try person.sees("their name:").types("Ada\r").sees("key:")
      let key = try #require(person.text.firstMatch(of: #/ada (ssh-ed25519 \S+)/#)).output.1
      person.types(key + "\r")
      try person.sees("all was tried")
      for seen in ["open 200 closed 401", "revoked 401", "Otto came in", "Sue came in", "Sue's doctor 77"] {
        #expect(person.text.contains(seen), "\(seen): \(person.text)")
      }
      _ = try person.seesEnd()
    }
  }
}
