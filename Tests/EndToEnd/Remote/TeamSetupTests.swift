import Foundation
import Testing

/// `popsec setup` on a copy of this machine that forgets all that is done to it, as in `ServerPathTests`, with the
/// accounts that the package makes.
enum TeamSetup {
  static let repository = URL(fileURLWithPath: #filePath).deletingLastPathComponent()
    .deletingLastPathComponent().deletingLastPathComponent().deletingLastPathComponent()

  /// Why it can't be tried here; nil where it can.
  static let obstacle: String? = {
    if let obstacle = Namespace.obstacle { return obstacle }
    for tool in [Tool.sshd, .ssh, .sshKeygen, .runuser, .ip, .sysusers] where !tool.isThere {
      return "there is no \(tool.path)"
    }
    let tried = try? TeamAccounts.run(Namespace.command("mount -t tmpfs none /mnt; \(machine)"))
    return tried == 0 ? nil : "no overlay can be mounted here"
  }()

  static let machine = """
    mkdir /mnt/u /mnt/w /mnt/m
    mount -t overlay overlay -o lowerdir=/,upperdir=/mnt/u,workdir=/mnt/w /mnt/m
    """

  static func begin(_ script: String) -> String {
    """
    set -e
    mount -t tmpfs none /mnt
    \(machine)
    mount -t proc proc /mnt/m/proc; mount --rbind /dev /mnt/m/dev; mount -t tmpfs none /mnt/m/run
    mkdir /mnt/m/run/sshd; ip link set lo up
    cp \(script) /mnt/m/team-setup; cp \(repository.path)/Resources/packaging/popsec.sysusers /mnt/m/
    install -m 0755 \(TestStore.program) /mnt/m/usr/local/bin/popsec
    exec chroot /mnt/m /bin/bash /team-setup
    """
  }

  static let script = """
    set -e
    export HOME=/root TERM=xterm PATH=/usr/local/sbin:/usr/local/bin:/usr/sbin:/usr/bin:/sbin:/bin
    unset POPSEC_STORE LD_LIBRARY_PATH
    for account in popsec-notify popsec-gate popsec-support popsec; do userdel $account 2> /dev/null || true; done
    groupdel popsec 2> /dev/null || true
    rm -rf /var/lib/popsec /root/.ssh /etc/ssh/sshd_config.d/*
    status=0; popsec setup || status=$?
    echo "without accounts $status"
    systemd-sysusers /popsec.sysusers > /dev/null
    install -d -o popsec -g popsec -m 0700 /var/lib/popsec
    mkdir -p -m 0700 /root/.ssh
    ssh-keygen -q -t ed25519 -N '' -f /root/.ssh/id_ed25519
    echo "ada $(cat /root/.ssh/id_ed25519.pub)"
    popsec setup
    echo "set up $?"
    popsec setup --ssh --gate --json > /tmp/again
    grep -c 'was there, and is left as it is' /tmp/again
    service ssh start > /dev/null 2>&1
    # sshd goes into the background before it listens.
    ssh -o ConnectionAttempts=60 -o StrictHostKeyChecking=no -o LogLevel=ERROR popsec@127.0.0.1 user list
    status=0; runuser -u nobody -- popsec setup || status=$?
    echo "nobody $status"
    echo "all was tried"
    """
}

extension EndToEnd.Team {
  @Test(
    "setup asks a few questions and makes a store for a team, into which the first user comes over SSH",
    .enabled(if: TeamSetup.obstacle == nil, "\(TeamSetup.obstacle ?? "")"))
  func teamSetup() throws {
    try onStore(.nothing) { store in
      let file = try store.file("team-setup", TeamSetup.script)
      let person = try store.person(
        [
          Tool.unshare.path, "--mount", "--net", "--pid", "--fork", "--kill-child", "/bin/sh", "-c",
          TeamSetup.begin(file),
        ], columns: 200, rows: 100)
      try person.sees("without accounts 69").sees("let users in over SSH? [Y/n]").types("perhaps\r")
      try person.sees("[Y/n] perhaps").types("\r").sees("start the gate").types("y\r")
      try person.sees("their name:").types("Ada\r").sees("key:").types("\r").sees("there is no key")
      let key = try #require(person.text.firstMatch(of: #/ada (ssh-ed25519 \S+)/#)).output.1
      person.types(key + "\r")
      try person.sees("all was tried")
      for seen in [
        "account popsec is missing", "made a store at /var/lib/popsec, in which Ada is Administrator",
        "no systemd runs here", "set up 0", "nobody 77", "only root can set popsec up",
      ] {
        #expect(person.text.contains(seen), "\(seen): \(person.text)")
      }
      #expect(person.text.contains(#/Ada .*enabled/#), "\(person.text)")
      _ = try person.seesEnd()
    }
  }
}
