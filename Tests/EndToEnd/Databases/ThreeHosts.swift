import Foundation
import TestSupport

/// Three bare hosts, db1, db2 and web, with names and a network between them, and a home from which somebody comes to them.
/// Each is a copy of this machine that forgets all that is done to it; installing what this machine has is left out.
final class ThreeHosts {
  static let repository = URL(fileURLWithPath: #filePath).deletingLastPathComponent()
    .deletingLastPathComponent().deletingLastPathComponent().deletingLastPathComponent().path

  static let obstacle: String? = {
    if let obstacle = DatabaseHosts.obstacle { return obstacle }
    for tool in [Tool.sshd, .ssh, .sshKeygen, .runuser, .sysusers, .nginx, .openssl, .curl]
    where !tool.isThere {
      return "there is no \(tool.path)"
    }
    guard access("/usr/sbin/make-ssl-cert", X_OK) == 0 else { return "there is no ssl-cert" }
    let tried = try? TeamAccounts.run(
      Namespace.command(
        """
        mount -t tmpfs none /mnt; mkdir /mnt/u /mnt/w /mnt/m
        mount -t overlay overlay -o lowerdir=/,upperdir=/mnt/u,workdir=/mnt/w /mnt/m
        """))
    return tried == 0 ? nil : "no overlay can be mounted here"
  }()

  /// The hosts end when the keeper's input does, with all that runs on them.
  private static let script = """
    set -e
    repository=$1; program=$2
    mount --make-rprivate /; mount -t proc proc /proc
    mount -t tmpfs none /mnt; mount -t tmpfs none /run; mkdir /run/netns
    ip link set lo up; ip link add br0 type bridge; ip link set br0 up; ip addr add 10.77.0.9/24 dev br0
    mkdir -m 700 /mnt/home /mnt/home/.ssh
    for key in root ada; do ssh-keygen -q -t ed25519 -N '' -f /mnt/home/.ssh/$key; done
    printf '10.77.0.1 db1\\n10.77.0.2 db2\\n10.77.0.3 web portal.example.com\\n' > /mnt/hosts
    # sshd goes into the background before it listens.
    printf 'ConnectionAttempts 60\\nStrictHostKeyChecking no\\nUserKnownHostsFile /dev/null\\nLogLevel ERROR\\n' > /mnt/home/.ssh/config
    mount --bind /mnt/hosts /etc/hosts
    cat > /mnt/enter <<'END'
    script=$(cat "$2"); host=$1; set --
    if [ $host = home ]; then
      cd \(repository)
      exec env -i HOME=/mnt/home TERM=xterm-256color LANG=C.UTF-8 PATH=/usr/bin:/bin /bin/bash -c \\
        'ssh() { command ssh -F /mnt/home/.ssh/config -i /mnt/home/.ssh/ada "$@"; }; eval "$1"' bash "$script"
    fi
    exec nsenter -t "$(cat /mnt/$host/pid)" -n -u chroot /mnt/$host/m /usr/bin/env -i HOME=/root TERM=xterm LANG=C.UTF-8 \\
      DEBIAN_FRONTEND=noninteractive PATH=/usr/local/sbin:/usr/local/bin:/usr/sbin:/usr/bin:/sbin:/bin /bin/bash -c "$script"
    END
    number=0
    for host in db1 db2 web; do
      number=$((number + 1)); m=/mnt/$host/m
      ip netns add $host
      ip link add v$number type veth peer name eth0 netns $host
      ip link set v$number master br0 up
      ip -n $host addr add 10.77.0.$number/24 dev eth0
      ip -n $host link set eth0 up; ip -n $host link set lo up
      mkdir -p /mnt/$host/u /mnt/$host/w $m
      mount -t overlay overlay -o lowerdir=/,upperdir=/mnt/$host/u,workdir=/mnt/$host/w $m
      mount --rbind /proc $m/proc; mount --rbind /dev $m/dev
      mount -t tmpfs none $m/run; mount -t tmpfs none $m/tmp; chmod 1777 $m/tmp; mkdir $m/run/sshd
      { echo 127.0.0.1 localhost; cat /mnt/hosts; } > $m/etc/hosts
      rm -rf $m/root/.ssh $m/etc/ssh/sshd_config.d/* $m/var/lib/popsec $m/etc/popsec $m/etc/nginx/sites-enabled/* \\
        $m/etc/nginx/conf.d/*
      mkdir -m 700 $m/root/.ssh
      cp /mnt/home/.ssh/root $m/root/.ssh/id_ed25519; cp /mnt/home/.ssh/root.pub $m/root/.ssh/authorized_keys
      cp /mnt/home/.ssh/config $m/root/.ssh/config
      printf '#!/bin/sh\\n' > $m/usr/local/sbin/apt-get; chmod 755 $m/usr/local/sbin/apt-get
      install -m 0755 $program $m/usr/bin/popsec
      mkdir -p $m/usr/share/doc/popsec/examples
      cp -r $repository/Resources/proxies $m/usr/share/doc/popsec/examples/
      install -m 0755 $repository/Resources/cluster/before-promotion.sh $m/usr/share/doc/popsec/examples/
      cp $repository/Resources/packaging/popsec.sysusers $m/usr/lib/sysusers.d/popsec.conf
      cp $repository/Resources/packaging/popsec.tmpfiles $m/usr/lib/tmpfiles.d/popsec.conf
      cat > /mnt/$host/begin <<'END'
        for account in popsec-notify popsec-gate popsec-support popsec; do userdel $account; done
        groupdel popsec
        systemd-sysusers popsec.conf; systemd-tmpfiles --create popsec.conf
        for account in popsec popsec-support; do usermod --password '*' $account; done
        # As the package ssl-cert does when it is installed; a cluster has TLS only where there is a certificate.
        make-ssl-cert generate-default-snakeoil
        if [ "$(hostname)" != web ]; then
          pg_dropcluster --stop 15 main; pg_createcluster 15 main; pg_ctlcluster 15 main start
        fi
        service ssh start
    END
      ip netns exec $host unshare --uts /bin/bash -c "hostname $host; echo \\$\\$ > /mnt/$host/pid; exec sleep infinity" &
      until [ -s /mnt/$host/pid ]; do sleep 0.05; done
      bash /mnt/enter $host /mnt/$host/begin > /mnt/$host/log 2>&1 &
      begun="$begun $!"
    done
    for one in $begun; do wait $one || { cat /mnt/*/log >&2; exit 1; }; done
    echo ready; read -r nothing || true
    """

  private let store: TestStore
  private let keeper: Process
  private let lifeline = Pipe()
  private let child: pid_t

  init(_ store: TestStore) throws {
    self.store = store
    // Whoever inherits this end would keep the keeper alive.
    _ = fcntl(lifeline.fileHandleForWriting.fileDescriptor, F_SETFD, FD_CLOEXEC)
    let output = Pipe()
    keeper = Process()
    keeper.executableURL = URL(fileURLWithPath: Tool.unshare.path)
    keeper.arguments = [
      "-m", "-n", "-p", "--fork", "--kill-child", "/bin/bash", "-c", Self.script, "bash", Self.repository,
      TestStore.program,
    ]
    keeper.standardInput = lifeline
    keeper.standardOutput = output
    try keeper.run()
    guard String(decoding: output.fileHandleForReading.availableData, as: UTF8.self) == "ready\n",
      let child = Processes.below(keeper.processIdentifier).first
    else { throw Failure("the hosts could not be made") }
    self.child = child
  }

  func end() {
    try? lifeline.fileHandleForWriting.close()
    keeper.waitUntilExit()
  }

  // MARK: Commands

  /// The words of a command that runs a script on a host, or at home.
  func command(_ host: String, _ script: String) throws -> [String] {
    let file = try store.file("script-" + UUID().uuidString, script)
    return ["/usr/bin/nsenter", "-t", String(child), "-m", "-n", "-p", "/bin/bash", "/mnt/enter", host, file]
  }

  /// Runs a script on a host, and returns what it prints.
  @discardableResult
  func run(_ host: String, _ script: String, status wanted: Int32 = 0, input: String = "") throws -> String {
    let words = try command(host, script)
    let printed = try Running(
      words[0], Array(words.dropFirst()), input: input, environment: store.environment,
      file: store.folder.appendingPathComponent("host-" + UUID().uuidString)
    ).finish()
    guard printed.status == wanted else {
      throw Failure("\(host): status \(printed.status) of \(script): \(printed.output)\(printed.errors)")
    }
    return printed.output + printed.errors
  }

  /// Kills everything on a host at once, and cuts its wire.
  func lose(_ host: String) throws {
    let number = ["db1": 1, "db2": 2, "web": 3][host] ?? 0
    try run(
      "home",
      """
      for process in /proc/[0-9]*; do
        [ "$(readlink $process/root)" != /mnt/\(host)/m ] || echo "${process#/proc/}"
      done | xargs kill -KILL 2> /dev/null
      ip link set v\(number) down
      """)
  }

  // MARK: The page

  /// A block of commands of the page, and the hosts on which it runs.
  struct Block {
    let hosts: [String]
    let script: String
  }

  static func blocks() throws -> [Block] {
    let text = try String(contentsOfFile: repository + "/Resources/docs/three-hosts.md", encoding: .utf8)
    return text.matches(of: #/(?s)\n```sh ([a-z0-9 ]+)\n(.*?)```/#).map {
      Block(hosts: $0.output.1.split(separator: " ").map(String.init), script: String($0.output.2))
    }
  }
}
