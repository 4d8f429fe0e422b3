import ArgumentParser

struct TokenCommand: ParsableCommand {
  static let configuration = CommandConfiguration(
    commandName: "token", abstract: "Tokens: what stands for an API user when a widget or the API is called.",
    subcommands: [
      TokenList.self, TokenAdd.self, TokenCopy.self, TokenReveal.self, TokenRename.self, TokenDescribe.self,
      TokenExpire.self,
      TokenDisable.self, TokenEnable.self, TokenLimit.self, TokenRotate.self, TokenRevoke.self,
      TokenBulk.self, TokenDecoy.self, TokenWhois.self, TokenScan.self,
    ])
}
