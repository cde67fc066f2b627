using System.Text;

namespace Hub.Privacy.Tests.Utility;

/// <summary>The tables of the README, in Markdown.</summary>
internal static class UtilityReport
{
    public static string Text(Samples samples)
    {
        var text = new StringBuilder();
        foreach (var collection in samples.Collections)
        {
            foreach (var n in new[] { 999, 62, 51 })
            {
                if (n != 999 && collection.Contributions.Count <= n) continue;
                var drawn = n == 999 ? collection : Measurement.Draw(collection, n, "hub");
                foreach (var partition in samples.Partitions)
                {
                    var m = Measurement.Of(drawn, partition);
                    text.Append(m.Collection.Facts.Code).Append(' ').Append(m.Collection.Year).Append(' ').Append(m.Partition).Append(' ')
                        .Append(m.Contributors).Append(' ').Append(m.Indicator.Step).Append(" pub ").Append(m.Published).Append('/').Append(m.Planned)
                        .Append(' ').AppendJoin(',', m.Withheld).Append(" cell ").AppendJoin(',', m.StandingInCell).Append(" all ").AppendJoin(',', m.StandingInAll)
                        .AppendLine();
                }
            }
        }

        return text.ToString();
    }
}
