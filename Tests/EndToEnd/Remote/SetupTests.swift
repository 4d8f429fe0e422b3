import Foundation
import Testing

extension EndToEnd.Team {
  @Suite("setting sshd up", .enabled(if: Namespace.obstacle == nil, "\(Namespace.obstacle ?? "")"))
  struct Setup {
    /// In front of each script: sshd's folder for settings is empty, and nobody else's.
    private static let before = """
      mount -t tmpfs none /etc/ssh/sshd_config.d
      conf=/etc/ssh/sshd_config.d
      popsec() { \(TeamAccounts.program) "$@"; }
      try() { set +e; "$@"; echo "status $?"; set -e; }

      """

    private func run(_ team: TeamServer, _ script: String) throws -> String {
      let command = Namespace.command(Self.before + script)
      let printed = try team.run(command[0], Array(command.dropFirst()))
      guard printed.status == 0 else { throw Failure("\(printed.output)\(printed.errors)") }
      return printed.output + printed.errors
    }

    @Test("--write installs what is printed, tries it, and does so again without a word")
    func writes() throws {
      try onTeam { team in
        let printed = try run(
          team,
          """
          try popsec ssh setup --write; try popsec ssh setup --write
          popsec ssh setup > /tmp/printed-$$; cmp /tmp/printed-$$ $conf/popsec.conf && echo same; rm /tmp/printed-$$
          /usr/sbin/sshd -T -C user=popsec,host=x,addr=127.0.0.1 | grep -E '^(forcecommand|disableforwarding|clientalive)'
          /usr/sbin/sshd -T -C user=root,host=x,addr=127.0.0.1 | grep -E '^authorizedkeyscommand '
          popsec doctor > /dev/null && echo healthy
          """)
        #expect(printed.components(separatedBy: "status 0").count == 3, "\(printed)")
        for text in [
          "2 keys may come in as popsec", "about nobody else", "same", "disableforwarding yes", "healthy",
          "forcecommand none", "clientaliveinterval 15", "authorizedkeyscommand none",
        ] {
          #expect(printed.contains(text), "\(text) is missing in \(printed)")
        }
        #expect(!printed.contains("BAD"))
      }
    }

    @Test("another's file is not touched, and what sshd refuses is taken back")
    func refuses() throws {
      try onTeam { team in
        let printed = try run(
          team,
          """
          echo '# mine' > $conf/popsec.conf; try popsec ssh setup --write; cat $conf/popsec.conf
          rm $conf/popsec.conf; echo 'Nonsense yes' > $conf/other.conf
          try popsec ssh setup --write; ls $conf
          rm $conf/other.conf
          try popsec ssh setup --write --store /nowhere/popsec; ls $conf
          try runuser -u popsec -- \(TeamAccounts.program) ssh setup --write
          try popsec ssh setup --write --store '/tmp/a b'; try popsec ssh setup --write --store '/tmp/a%u'
          """)
        let statuses = printed.matches(of: #/status (\d+)/#).map { String($0.output.1) }
        #expect(statuses == ["73", "69", "69", "77", "65", "65"], "\(printed)")
        #expect(printed.contains("# mine") && printed.contains("was not made by popsec"))
        #expect(printed.contains("which was taken back") && !printed.contains("popsec.conf\n"), "\(printed)")
      }
    }

    /// What is wrong with a machine, and what is said of it.
    static let troubles = [
      ("echo 'AcceptEnv LANG *' > $conf/00.conf", "acceptenv lets clients set *"),
      ("echo 'AcceptEnv LD_*' > $conf/00.conf", "acceptenv lets clients set LD_*"),
      ("echo 'PermitUserEnvironment yes' > $conf/00.conf", "permituserenvironment is yes"),
      ("echo 'AllowUsers root' > $conf/00.conf", "allowusers keeps popsec's accounts out"),
      (
        "printf 'Match User popsec\\n  ForceCommand /bin/sh\\n' > $conf/00.conf", "forcecommand is /bin/sh"
      ),
      (account(#"s,^\(popsec:.*\):/:/bin/sh$,\1:/tmp:/bin/sh,"#), "has the home /tmp, and others"),
      (account(#"s,^\(popsec:.*\):/:/bin/sh$,\1:/:/bin/bash,"#), "has the shell /bin/bash"),
      (
        account(#"s,^popsec-support:x:\([0-9]*\):[0-9]*:,popsec-support:x:\1:65534:,"#),
        "not of the group popsec"
      ),
      (account("/^popsec-support:/d"), "account popsec-support  is missing"),
      ("chmod 0640 \"$POPSEC_STORE/keys/seal.key\"", "could read the seal key"),
      ("chmod 0700 \"$POPSEC_STORE\"", "is not for the group popsec"),
    ]

    /// A change of the accounts that is seen in the namespace alone.
    private static func account(_ edit: String) -> String {
      "sed '\(edit)' /etc/passwd > \"$POPSEC_STORE.passwd\"; mount --bind \"$POPSEC_STORE.passwd\" /etc/passwd"
    }

    @Test("a fault that would let others in, or nobody, is reported with what to do")
    func finds() throws {
      try onTeam { team in
        for (trouble, told) in Self.troubles {
          let printed = try run(
            team,
            """
            popsec ssh setup --write > /dev/null 2>&1 || true
            \(trouble)
            try popsec ssh setup
            chmod 0600 "$POPSEC_STORE/keys/seal.key"; chmod 2770 "$POPSEC_STORE"
            """)
          #expect(printed.contains(told), "\(told): \(printed)")
          #expect(printed.contains("status 1"), "\(told): \(printed)")
          #expect(printed.contains("-> "), "\(told)")
        }
      }
    }
  }

  @Test("the account that sshd uses makes a store by asking for somebody with a key")
  func initAsService() throws {
    try onTeam { team in
      let folder = team.store.folder.path + "/second"
      guard let owner = getpwnam("popsec") else { return }
      mkdir(folder, 0o700)
      chown(folder, owner.pointee.pw_uid, owner.pointee.pw_gid)
      let command = [TeamAccounts.program, "init", "--group", "popsec", "--store", folder]
      let person = try team.store.person([Tool.runuser.path, "-u", "popsec", "--"] + command)
      try person.sees("their name:").types("\r")
      try person.types("Grace\r").sees("their SSH public key").types("\r").sees("there is no key")
      let key = try team.publicKey("stranger")
      try person.types("command=\"sh\" \(key)\r").sees("has options before it")
      person.types(key + "\r")
      #expect(try person.seesEnd() == 0)
      let shown = try team.asOwner("user", "show", "Grace", "--json", "--store", folder)
      #expect(shown.output.contains("Administrator"), "\(shown.output)\(shown.errors)")
      let users = try team.asOwner("user", "list", "--store", folder).output
      #expect(!users.contains("popsec"), "\(users)")
    }
  }
}
