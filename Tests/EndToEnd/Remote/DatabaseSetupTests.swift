import Foundation
import TestSupport
import Testing

/// `popsec setup` for a store in a database, on a copy of this machine that forgets all that is done to it.
private enum DatabaseSetup {
  static let obstacle: String? =
    TeamSetup.obstacle ?? (PostgresServer.shared == nil ? PostgresServer.absence : nil)

  static let script = """
    set -e
    export HOME=/root TERM=xterm PATH=/usr/local/sbin:/usr/local/bin:/usr/sbin:/usr/bin:/sbin:/bin
    unset POPSEC_STORE POPSEC_KEYS LD_LIBRARY_PATH
    for account in popsec-notify popsec-gate popsec-support popsec; do userdel $account 2> /dev/null || true; done
    groupdel popsec 2> /dev/null || true
    rm -rf /var/lib/popsec /etc/popsec /root/.ssh /etc/ssh/sshd_config.d/*
    systemd-sysusers /popsec.sysusers > /dev/null
    mkdir -m 0700 /root/.ssh; ssh-keygen -q -t ed25519 -N '' -f /root/.ssh/id_ed25519
    # try NAME COMMAND…: the status, and what is said in one line.
    try() {
      local name=$1 status=0
      shift
      "$@" > /tmp/said 2>&1 || status=$?
      echo "[$name $status] $(tr '\\n' ' ' < /tmp/said)"
    }
    setup="popsec setup --administrator Ada --key-file /root/.ssh/id_ed25519.pub --store $ADDRESS"
    try variable env PGPASSFILE=/root/.pgpass $setup
    try variable-ssh env PGSERVICE=popsec popsec ssh setup --store $ADDRESS --keys /etc/popsec/keys
    try characters popsec setup --store "$ADDRESS&options=-c%20a%3Db'" --administrator Ada --key-file /root/.ssh/id_ed25519.pub
    try nowhere popsec setup --store "postgresql://popsec@/nowhere?$QUERY" --administrator Ada --key-file /root/.ssh/id_ed25519.pub
    try made $setup
    try file cat /etc/popsec/store.env
    try rights stat -c '%U:%G %a %n' /etc/popsec/keys /etc/popsec/keys/lookup.key /etc/popsec/keys/seal.key
    try again popsec setup
    try sshd cmp /etc/ssh/sshd_config.d/popsec.conf <(popsec ssh setup --store $ADDRESS --keys /etc/popsec/keys)
    service ssh start > /dev/null 2>&1
    # sshd goes into the background before it listens.
    try ada ssh -o ConnectionAttempts=60 -o StrictHostKeyChecking=no -o LogLevel=ERROR popsec@127.0.0.1 user list
    ssh-keygen -q -t ed25519 -N '' -f /root/.ssh/sue
    try sue-added ssh -o LogLevel=ERROR popsec@127.0.0.1 user add Sue --role SecurityReader --key-file - < /root/.ssh/sue.pub
    try sue ssh -o IdentitiesOnly=yes -i /root/.ssh/sue -o LogLevel=ERROR popsec-support@127.0.0.1 user list
    try hint popsec user list
    chown root:root /etc/popsec/keys /etc/popsec/keys/*
    try roots popsec ssh setup --store $ADDRESS --keys /etc/popsec/keys
    try shared popsec store share --group popsec --owner popsec --store $ADDRESS --keys /etc/popsec/keys
    try healthy popsec ssh setup --store $ADDRESS --keys /etc/popsec/keys
    mv /etc/popsec/keys /etc/popsec/elsewhere
    try no-keys popsec setup
    try no-keys-ssh popsec ssh setup --store $ADDRESS --keys /etc/popsec/keys
    mv /etc/popsec/elsewhere /etc/popsec/keys
    echo mine > /etc/popsec/store.env
    try another popsec setup --store $ADDRESS
    echo "all was tried"
    """

  /// The name of a trial, its status, and what is said.
  static let expected: [(name: String, status: Int, said: [String])] = [
    ("variable", 64, ["PGPASSFILE is set here", "hint: unset PGPASSFILE"]),
    ("variable-ssh", 64, ["PGSERVICE is set here"]),
    ("characters", 65, ["the address of the store", "has characters that sshd's configuration can't hold"]),
    ("nowhere", 69, ["can't be reached", "hint: "]),
    (
      "made", 0,
      [
        "made a store at postgresql://", "in which Ada is Administrator", "no systemd runs here",
        "set -a; . /etc/popsec/store.env; HOME=/ setpriv", "popsec reaches it", "popsec-support reaches it",
        "one key may come in as popsec",
      ]
    ),
    (
      "file", 0,
      ["# Made by popsec setup", "POPSEC_STORE=\"postgresql://", "POPSEC_KEYS=\"/etc/popsec/keys\""]
    ),
    (
      "rights", 0,
      [
        "popsec:popsec 750 /etc/popsec/keys", "popsec:popsec 640 /etc/popsec/keys/lookup.key",
        "popsec:popsec 600 /etc/popsec/keys/seal.key",
      ]
    ),
    ("again", 0, ["was there, and is left as it is"]),
    ("sshd", 0, []),
    ("ada", 0, ["Ada", "enabled"]),
    ("sue-added", 0, ["Sue"]),
    ("sue", 0, ["Ada", "Sue"]),
    ("hint", 66, ["hint: the store of this host is in a database: set -a; . /etc/popsec/store.env"]),
    ("roots", 1, ["is not owned by popsec", "popsec store share --group popsec --owner popsec"]),
    ("shared", 0, ["can be used by the group popsec, and are owned by popsec"]),
    ("healthy", 0, []),
    ("no-keys", 69, ["its keys are not in /etc/popsec/keys", "hint: copy the folder"]),
    ("no-keys-ssh", 1, ["/etc/popsec/keys holds no keys"]),
    ("another", 73, ["/etc/popsec/store.env was not made by popsec"]),
  ]
}

extension EndToEnd.Team {
  @Test(
    "setup makes or takes a store in a database, keeps its address, and lets people in; what is missing is told",
    .enabled(if: DatabaseSetup.obstacle == nil, "\(DatabaseSetup.obstacle ?? "")"))
  func databaseSetup() throws {
    let server = try #require(PostgresServer.shared).get()
    try onStore(.nothing) { store in
      let address = try server.makeDatabase()
      let query = address.drop { $0 != "?" }.dropFirst()
      let file = try store.file("database-setup", DatabaseSetup.script)
      let begin = TeamSetup.begin(file).replacing(
        "exec chroot",
        with: """
          mkdir -p /mnt/m\(server.folder); mount --bind \(server.folder) /mnt/m\(server.folder)
          export ADDRESS='\(address)' QUERY='\(query)'
          exec chroot
          """)
      let words = [
        Tool.unshare.path, "--mount", "--net", "--pid", "--fork", "--kill-child", "/bin/sh", "-c", begin,
      ]
      let printed = try Running(
        words[0], Array(words.dropFirst()), environment: store.environment,
        file: store.folder.appendingPathComponent("database-setup-output")
      ).finish()
      try #require(printed.output.contains("all was tried"), "\(printed.output)\(printed.errors)")
      let lines = printed.output.split(separator: "\n")
      for trial in DatabaseSetup.expected {
        let line = try #require(lines.first { $0.hasPrefix("[\(trial.name) ") }, "\(trial.name)")
        #expect(line.hasPrefix("[\(trial.name) \(trial.status)]"), "\(line)")
        for said in trial.said { #expect(line.contains(said), "\(trial.name): \(said): \(line)") }
      }
    }
  }
}
