namespace Hub.Architecture.Tests.Twins.Reading
{
    internal sealed class Figures
    {
        public static Figures Read() => new();

        internal sealed class Page;
    }
}

/// <summary>Ways by which a type refers to another one: the rules on references must see each of them.</summary>
namespace Hub.Architecture.Tests.Twins.Writing
{
    using Hub.Architecture.Tests.Twins.Reading;

    internal sealed class InAProperty
    {
        public Figures? Held { get; init; }
    }

    internal sealed class InALambda
    {
        public static Func<object> Made(int count) => () => new { count, Read = Figures.Read() };
    }

    internal sealed class InAnAsyncMethod
    {
        public static async Task<int> CountAsync()
        {
            await Task.Yield();
            return Figures.Read().GetHashCode();
        }
    }

    internal sealed class InAnAsyncLambda
    {
        public static Func<Task<int>> Made(int count) => async () =>
        {
            await Task.Yield();
            return Figures.Read().GetHashCode() + count;
        };
    }

    internal sealed class InAnIterator
    {
        public static IEnumerable<object> All()
        {
            yield return Figures.Read();
        }
    }

    internal sealed class InALocalFunction
    {
        public static int Count(int more)
        {
            return Counted();

            int Counted() => Figures.Read().GetHashCode() + more;
        }
    }

    internal sealed class InANestedType
    {
        internal sealed class Inner
        {
            public static int Count() => Figures.Read().GetHashCode();
        }
    }

    internal sealed class AsATypeArgument
    {
        public static object Made() => new List<Figures.Page>();
    }

    internal sealed class AsAnInferredType
    {
        public static int Count()
        {
            var read = Figures.Read();
            return read.GetHashCode();
        }
    }

    internal sealed class InATypeOf
    {
        public static Type Named() => typeof(Figures);
    }

    internal sealed class AsACast
    {
        public static bool Is(object any) => any is Figures;
    }
}
