using System.Security.Cryptography;
using System.Text;
using Hub.Transparency;

namespace Hub.Silo.Ledger;

/// <summary>The log's key in a file of mode 0600, made at the first start: for standalone, where no other process or HSM holds it.</summary>
internal sealed class FileSigner : ISigner
{
    private readonly Ed25519Signer signer;

    public FileSigner(LedgerOptions options)
    {
        KeyFolder.Create(options.KeysFolder);
        var file = FileIn(options);
        if (!File.Exists(file)) KeyFolder.TryWrite(file, Encoding.UTF8.GetBytes(NewKey(options.Origin)));
        signer = Ed25519Signer.Parse(File.ReadAllText(file).Trim());
        if (signer.Name != options.Origin)
            throw new InvalidOperationException("The log key has another name than Hub:LogOrigin. A log never changes its name: set the old one.");
    }

    public static string FileIn(LedgerOptions options) => Path.Combine(options.KeysFolder, "log.key");

    public string Name => signer.Name;

    public byte[] PublicKey => signer.PublicKey;

    public byte[] Sign(ReadOnlySpan<byte> message) => signer.Sign(message);

    private static string NewKey(string origin) =>
        Ed25519Signer.Generate(origin, RandomNumberGenerator.GetBytes(Ed25519Signer.SeedSize)).ToPrivateKey() + "\n";
}
