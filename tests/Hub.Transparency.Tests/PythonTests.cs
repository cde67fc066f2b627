using System.ComponentModel;
using System.Diagnostics;
using System.Text.Json;
using Xunit;
using static Hub.Transparency.Tests.Vectors;

namespace Hub.Transparency.Tests;

/// <summary>samples/verify/verify_receipt.py, written from the specifications alone, comes to the same verdicts.</summary>
public sealed class PythonTests : IDisposable
{
    private readonly DirectoryInfo _folder = Directory.CreateTempSubdirectory("hub-verify-");

    public void Dispose() => _folder.Delete(recursive: true);

    [Fact]
    public async Task Script_Receipt_SaysWhatItVerified()
    {
        var (code, output) = await RunAsync(Save(Logs.Receipt(5, 11).ToJson()), Logs.Key.ToString());
        Assert.Equal(0, code);
        foreach (var shown in new[] { "verified", "administrations/UA", "submitted", "2024-10-04T00:00:00.000005Z", "entry 5, naïve", "11" })
            Assert.Contains(shown, output, StringComparison.Ordinal);
    }

    [Fact]
    public async Task Script_TamperedReceipts_SaysWhatIsWrong()
    {
        var good = Logs.Receipt(5, 11);
        await RefusedAsync("does not lead from this header", good with { Payload = [1] });
        await RefusedAsync("does not lead from this header", good with { Position = 6 });
        await RefusedAsync("not in the tree", good with { Position = 11 });
        var grown = good.Checkpoint.Replace("\n11\n", "\n12\n");
        await RefusedAsync("signature of hub.example/log under the checkpoint is not valid", good with { Checkpoint = grown });
        await RefusedAsync("has no signature of", Logs.Receipt(5, 11, signer: Ed25519Signer.Generate(Logs.Origin, Logs.Seed(99))));
        await RefusedAsync("do not name the same log", Logs.Receipt(5, 11, origin: "hub.example/other"));
        await RefusedAsync("salt", good with { Salt = [1] });
        await RefusedAsync("header", good with { Header = [.. good.Header, 0] });
    }

    [Fact]
    public async Task Script_FilesThatAreNoReceipt_AreRefusedWithoutATrace()
    {
        foreach (var file in new[] { "", "[]", "{}", "{\"position\":1.5}", "{\"header\":7}", "{\"proof\":7}", "{\"checkpoint\":[]}" })
        {
            var (code, output) = await RunAsync(Save(file), Logs.Key.ToString());
            Assert.Equal(1, code);
            Assert.StartsWith("NOT verified", output, StringComparison.Ordinal);
            Assert.DoesNotContain("Traceback", output, StringComparison.Ordinal);
        }
    }

    [Fact]
    public async Task Script_Trees_ComputesTheSameRootsAndProofs()
    {
        var sizes = TreeTests.EdgeSizes.ToArray();
        var proofs = sizes.Sum() + sizes.Length * (sizes.Length + 1) / 2;
        var (code, output) = await RunAsync("--tree-vectors", Save(TreeVectors(sizes)));
        Assert.Equal((0, $"verified: {sizes.Length} trees, {proofs} proofs\n"), (code, output));
    }

    [Fact]
    public async Task Script_TreesWithOneWrongHash_NamesTheProof()
    {
        var vectors = TreeVectors([7]);
        var wrong = vectors.Replace(Hex(new NaiveTree(NaiveTree.Leaves(7)).Inclusion(3, 7)[1]), Hex(new byte[32]));
        Assert.NotEqual(vectors, wrong);
        var (code, output) = await RunAsync("--tree-vectors", Save(wrong));
        Assert.Equal(1, code);
        Assert.Contains("proof of entry 2 in 7 is wrong", output, StringComparison.Ordinal);
    }

    [Fact]
    public async Task Script_PublishedLeaves_ComputesTheSameHashes()
    {
        var (code, output) = await RunAsync("--leaf-vectors", Repository.Path("tests", "Hub.Transparency.Tests", "vectors", "leaf.json"));
        Assert.True(code == 0, output);
    }

    [Fact]
    public async Task Script_NoteOfTheGoLibrary_Verifies()
    {
        const string key = "PeterNeumann+c74f20a3+ARpc2QcUPDhMQegwxbzhKqiBfsVkmqq/LDE4izWy10TW";
        const string note = "If you think cryptography is the answer to your problem,\nthen you don't know what your problem is.\n\n" +
            "— PeterNeumann x08go/ZJkuBS9UG/SffcvIAQxVBtiFupLLr8pAcElZInNIuGUgYN1FFYC2pZSNXgKvqfqdngotpRZb6KE6RyyBwJnAM=\n";
        Assert.Equal(0, (await RunAsync("--note", Save(note), key)).Code);
        Assert.Equal(1, (await RunAsync("--note", Save(note.Replace("answer", "Answer")), key)).Code);
    }

    private static string TreeVectors(IEnumerable<int> sizes)
    {
        var trees = sizes.Select(size =>
        {
            var tiles = StoredTiles.Of(NaiveTree.Leaves(size));
            var builder = new ProofBuilder(tiles);
            return new
            {
                size,
                root = Hex(tiles.Edge.ToFrontier().Root()),
                inclusion = Enumerable.Range(0, size).Select(index => builder.Inclusion(index, size).Select(Hex)),
                consistency = sizes.Where(first => first <= size)
                    .Select(first => new { first, proof = builder.Consistency(first, size).Select(Hex) }),
            };
        });
        return JsonSerializer.Serialize(new { trees });
    }

    private async Task RefusedAsync(string reason, Receipt receipt)
    {
        var (code, output) = await RunAsync(Save(receipt.ToJson()), Logs.Key.ToString());
        Assert.Equal(1, code);
        Assert.Contains(reason, output, StringComparison.Ordinal);
    }

    private string Save(string content)
    {
        var path = Path.Combine(_folder.FullName, $"{Guid.NewGuid()}.json");
        File.WriteAllText(path, content);
        return path;
    }

    private static async Task<(int Code, string Output)> RunAsync(params string[] arguments)
    {
        var start = new ProcessStartInfo("python3", [Repository.Path("samples", "verify", "verify_receipt.py"), .. arguments])
        {
            RedirectStandardOutput = true,
            RedirectStandardError = true,
        };
        using var process = Start(start);
        var error = process.StandardError.ReadToEndAsync(TestContext.Current.CancellationToken);
        var output = await process.StandardOutput.ReadToEndAsync(TestContext.Current.CancellationToken);
        await process.WaitForExitAsync(TestContext.Current.CancellationToken);
        return (process.ExitCode, output + await error);
    }

    private static Process Start(ProcessStartInfo start)
    {
        try
        {
            return Process.Start(start)!;
        }
        catch (Win32Exception) when (Environment.GetEnvironmentVariable("CI") != "true")
        {
            Assert.Skip("python3 is not installed, so the independent script was not run.");
            throw;
        }
    }
}
