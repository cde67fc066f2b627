using System.Text;
using Hub.Client;
using Spectre.Console;

namespace Hub.Standalone.Demo;

/// <summary>What the demo prints. Every figure here comes from an answer of the Hub or from the samples.</summary>
internal static class DemoScreen
{
    public static void Heading(string text) => AnsiConsole.Write(new Rule($"[bold]{Markup.Escape(text)}[/]") { Justification = Justify.Left });

    /// <summary>Prose, wrapped between words.</summary>
    public static void Say(string text) => AnsiConsole.Write(new Text(text + Environment.NewLine));

    /// <summary>What is to be copied, or stands in columns: as it is.</summary>
    public static void Line(string text) => AnsiConsole.Profile.Out.Writer.WriteLine(text);

    public static Task<T> ProgressAsync<T>(string what, int count, Func<Action, Task<T>> work) => AnsiConsole.Progress()
        .Columns(new TaskDescriptionColumn { Alignment = Justify.Left }, new ProgressBarColumn(), new PercentageColumn(), new ElapsedTimeColumn())
        .StartAsync(async context =>
        {
            var task = context.AddTask(what, maxValue: count);
            return await work(() => task.Increment(1));
        });

    public static void Collections(IEnumerable<(Collection Collection, int Contributors)> rows)
    {
        var table = new Table().AddColumns("collection", "indicators", "administrations").Border(TableBorder.Rounded);
        foreach (var (collection, contributors) in rows)
        {
            table.AddRow(
                Markup.Escape(collection.Name["instruments/".Length..]), Markup.Escape(string.Join(", ", collection.Indicators.Select(DemoFigures.CodeOf))), $"{contributors}");
        }

        AnsiConsole.Write(table);
    }

    public static void Refusal(HubException refused, int inAll)
    {
        Say($"{refused.StatusCode} {refused.ReasonName}: {inAll} mistakes, all told at once:");
        foreach (var violation in refused.Violations)
        {
            Say($"  {violation.Field}: {violation.Description}");
        }
    }

    public static void Receipt(VerifiedReceipt receipt)
    {
        Line($"  entry       {receipt.Header.Stream}, entry {receipt.Header.Version} of its stream, {receipt.Kind}");
        Line($"  time        {receipt.Time:yyyy-MM-dd HH:mm:ss.ffffff} UTC");
        Line($"  payload     {Encoding.UTF8.GetString(receipt.Payload.Span)}");
        Line($"  leaf        {Convert.ToHexStringLower(receipt.LeafHash.Span)}");
        Line($"  position    {receipt.Position}");
        foreach (var (hash, i) in receipt.Proof.Select((hash, i) => (hash, i)))
        {
            Line($"  proof {i,-5} {Convert.ToHexStringLower(hash.Span)}");
        }

        Line($"  root        {Convert.ToHexStringLower(receipt.Checkpoint.Root)}");
        Line($"              of {receipt.TreeSize} entries, signed by {receipt.Checkpoint.Origin}");
    }
}
